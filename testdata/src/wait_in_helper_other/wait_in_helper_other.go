// Package wait_in_helper_other: a helper runs jobs and waits for them. Those
// that are given to it under the lock do not take the lock, others do: each
// call waits for its own.
package wait_in_helper_other

import "sync"

// want nothing

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

func fetch(string) {}

func (t *Table) Sync() {
	t.mu.Lock()
	defer t.mu.Unlock()
	forEach(len(t.names), func(i int) { fetch(t.names[i]) })
}

func (t *Table) Load() {
	forEach(len(t.names), func(i int) { t.set(i) })
}
