// Package wait_group_done_after_unlock: the worker says Done before it takes
// the lock.
package wait_group_done_after_unlock

import "sync"

// want nothing

type Batch struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	done int
}

func (b *Batch) Run() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wg.Add(1)
	go b.work()
	b.wg.Wait()
	return b.done
}

func (b *Batch) work() {
	b.wg.Done()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
}
