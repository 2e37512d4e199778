// Package wait_group_under_lock: a WaitGroup is waited for under the lock that
// its workers need.
package wait_group_under_lock

import "sync"

type Batch struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	done int
}

func (b *Batch) Run(n int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range n {
		b.wg.Add(1)
		go b.work()
	}
	b.wg.Wait() // want wait: Batch.mu Batch.wg
	return b.done
}

func (b *Batch) work() {
	defer b.wg.Done()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
}
