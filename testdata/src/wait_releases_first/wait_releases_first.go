// Package wait_releases_first: the waiter releases its lock before it waits in
// a callee, and takes it again after.
package wait_releases_first

import "sync"

// want nothing

type Batch struct {
	mu   sync.Mutex
	done chan struct{}
	n    int
}

func (b *Batch) Finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.awaitLocked()
	b.n = 0
}

func (b *Batch) awaitLocked() {
	b.mu.Unlock()
	<-b.done
	b.mu.Lock()
}

func (b *Batch) Work() {
	b.mu.Lock()
	b.n++
	b.mu.Unlock()
	b.done <- struct{}{}
}
