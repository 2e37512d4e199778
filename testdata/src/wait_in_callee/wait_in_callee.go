// Package wait_in_callee: the channel is waited for in a callee, under the
// caller's lock.
package wait_in_callee

import "sync"

type Batch struct {
	mu   sync.Mutex
	done chan struct{}
	n    int
}

func (b *Batch) Finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.await() // want wait: Batch.mu Batch.done
	b.n = 0
}

func (b *Batch) await() { <-b.done }

func (b *Batch) Work() {
	b.mu.Lock()
	b.n++
	b.mu.Unlock()
	b.done <- struct{}{}
}
