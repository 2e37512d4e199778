// Package wait_group_other_lock: a WaitGroup is waited for under a lock that
// its workers do not need.
package wait_group_other_lock

import "sync"

// want nothing

type Batch struct {
	run  sync.Mutex
	mu   sync.Mutex
	wg   sync.WaitGroup
	done int
}

func (b *Batch) Run(n int) {
	b.run.Lock()
	defer b.run.Unlock()
	for range n {
		b.wg.Add(1)
		go b.work()
	}
	b.wg.Wait()
}

func (b *Batch) work() {
	defer b.wg.Done()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
}
