// Package switch_correlation: two switches over one value decide which lock is
// taken and which is released.
package switch_correlation

import "sync"

// want nothing

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
	t.Do(None, func(n int) {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.n = n
	})
}

func (x *Index) Rebuild(t *Table) {
	x.mu.Lock()
	defer x.mu.Unlock()
	t.Do(Read, func(n int) { x.n = n })
}

// want edge: Index.mu -> Table.mu
// want no edge: Table.mu -> Index.mu
