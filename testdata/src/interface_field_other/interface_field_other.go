// Package interface_field_other: an interface in a field of an object made on the
// spot leads to another instance than the one held.
package interface_field_other

import "sync"

// want nothing

type Lister interface{ list() int }

type printer struct{ from Lister }

func (p *printer) print() int { return p.from.list() }

type Table struct {
	parent *Table
	mu     sync.Mutex
	rows   int
}

func (t *Table) list() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rows
}

func (t *Table) Dump() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := &printer{from: t.parent}
	return p.print()
}
