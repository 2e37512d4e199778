// Package twins_apart has the same iterators, and bodies that lock another
// object, or the same one once the iterator has let go.
package twins_apart

import (
	"iter"
	"sync"
)

type Table struct {
	mu   sync.RWMutex
	rows map[string]int
	next *Table
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

func (t *Table) Delete(k string) {
	t.mu.Lock()
	delete(t.rows, k)
	t.mu.Unlock()
}

// Clean collects what it deletes.
func (t *Table) Clean() {
	var gone []string
	for k, v := range t.All() {
		if v == 0 {
			gone = append(gone, k)
		}
	}
	for _, k := range gone {
		t.Delete(k)
	}
}

// Pass deletes in the next table, which is one down a chain.
func (t *Table) Pass() {
	for k := range t.All() {
		t.next.Delete(k)
	}
}

// want nothing
