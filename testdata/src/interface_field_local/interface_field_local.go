// Package interface_field_local: an interface in a field of an object made on the spot
// leads back to the one who made it, and holds the lock.
package interface_field_local

import "sync"

type Lister interface{ list() int }

type printer struct{ from Lister }

func (p *printer) print() int { return p.from.list() }

type Table struct {
	mu   sync.Mutex
	rows int
}

func (t *Table) list() int {
	t.mu.Lock() // want relock: Table.mu
	defer t.mu.Unlock()
	return t.rows
}

func (t *Table) Dump() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := &printer{from: t}
	return p.print()
}
