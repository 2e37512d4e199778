// Package twins_body has iterators that hold their lock over the body, and
// loops whose body locks the same object.
package twins_body

import (
	"iter"
	"sync"
)

type Table struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (t *Table) All() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		t.mu.RLock()
		defer t.mu.RUnlock()
		for k, v := range t.rows {
			if !yield(k, v) {
				return
			}
		}
	}
}

func (t *Table) Each(f func(string, int)) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for k, v := range t.rows {
		f(k, v)
	}
}

func (t *Table) Delete(k string) {
	t.mu.Lock()
	delete(t.rows, k)
	t.mu.Unlock()
}

// Clean deletes as it goes.
func (t *Table) Clean() {
	for k, v := range t.All() {
		if v == 0 {
			t.Delete(k) // want relock: Table.mu
		}
	}
}

type Janitor struct{ table *Table }

// Sweep does so from outside.
func (j *Janitor) Sweep() {
	j.table.Each(func(k string, v int) { // want relock: Table.mu
		if v == 0 {
			j.table.Delete(k)
		}
	})
}
