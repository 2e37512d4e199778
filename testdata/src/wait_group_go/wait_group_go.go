// Package wait_group_go: a local WaitGroup, its workers started with Go, is
// waited for under the lock that they need.
package wait_group_go

import "sync"

type Batch struct {
	mu   sync.Mutex
	done int
}

func (b *Batch) Run(n int) int {
	b.mu.Lock()
	defer b.mu.Unlock()

	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.done++
		})
	}
	wg.Wait() // want wait: Batch.mu (*Batch).Run.wg
	return b.done
}
