// Package wait_in_helper: a helper runs jobs and waits for them. One of the
// jobs that are given to it under the lock takes the lock.
package wait_in_helper

import "sync"

type Table struct {
	mu    sync.Mutex
	names []string
	sets  map[string]int
}

func forEach(n int, job func(int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			job(i)
		}()
	}
	wg.Wait()
}

func (t *Table) set(i int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sets[t.names[i]]++
}

func (t *Table) Sync() {
	t.mu.Lock()
	defer t.mu.Unlock()
	forEach(len(t.names), func(int) {})
	forEach(len(t.names), func(i int) { t.set(i) }) // want wait: Table.mu forEach.wg
}

func (t *Table) Load() {
	forEach(len(t.names), func(int) {})
}
