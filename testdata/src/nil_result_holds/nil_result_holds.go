// Package nil_result_holds: a function returns the locked object, or nil and
// nothing locked.
package nil_result_holds

import "sync"

// want nothing

type Row struct {
	mu sync.Mutex
	v  int
}

type Table struct {
	mu   sync.Mutex
	rows map[string]*Row
}

func (t *Table) get(k string) *Row {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.rows[k]
	if r == nil {
		return nil
	}
	r.mu.Lock()
	return r
}

func (t *Table) Inc(k string) {
	r := t.get(k)
	if r == nil {
		return
	}
	r.v++
	r.mu.Unlock()
}

// Sweep has nothing held where get returned nil.
func (t *Table) Sweep(k string) {
	if r := t.get(k); r != nil {
		r.mu.Unlock()
	} else {
		t.mu.Lock()
		delete(t.rows, k)
		t.mu.Unlock()
	}
}

// want edge: Table.mu -> Row.mu
// want no edge: Row.mu -> Table.mu
