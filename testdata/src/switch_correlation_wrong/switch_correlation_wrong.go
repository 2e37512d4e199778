// Package switch_correlation_wrong: two switches over one value decide which
// lock is taken and which is released, and the other lock is taken between
// them.
package switch_correlation_wrong

import "sync"

type Mode int

const (
	Read Mode = iota
	Write
	None
)

type Table struct {
	mu sync.RWMutex
	n  int
}

type Index struct {
	mu sync.Mutex
	n  int
}

func (t *Table) Do(m Mode, f func(int)) {
	switch m {
	case Read:
		t.mu.RLock()
	case Write:
		t.mu.Lock()
	}
	f(t.n)
	switch m {
	case Read:
		t.mu.RUnlock()
	case Write:
		t.mu.Unlock()
	}
}

func Update(t *Table, x *Index) {
	t.Do(Write, func(n int) {
		x.mu.Lock() // want cycle: Index.mu Table.mu
		defer x.mu.Unlock()
		x.n = n
	})
}

func (x *Index) Rebuild(t *Table) {
	x.mu.Lock()
	defer x.mu.Unlock()
	t.Do(Read, func(n int) { x.n = n })
}
