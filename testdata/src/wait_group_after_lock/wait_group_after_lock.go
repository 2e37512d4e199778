// Package wait_group_after_lock: the lock is released before the WaitGroup is
// waited for.
package wait_group_after_lock

import "sync"

// want nothing

type Batch struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	done int
}

func (b *Batch) Run(n int) int {
	b.mu.Lock()
	for range n {
		b.wg.Add(1)
		go b.work()
	}
	b.mu.Unlock()
	b.wg.Wait()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.done
}

func (b *Batch) work() {
	defer b.wg.Done()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
}
