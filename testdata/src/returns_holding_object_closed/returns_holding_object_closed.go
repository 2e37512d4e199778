// Package returns_holding_object_closed: the transaction is closed before the
// other lock is taken.
package returns_holding_object_closed

import "sync"

// want nothing

type Table struct {
	mu   sync.RWMutex
	rows int
}

type Index struct {
	mu   sync.Mutex
	keys int
}

type Txn struct{ table *Table }

func (t *Table) begin() *Txn {
	t.mu.Lock()
	return &Txn{table: t}
}

func (x *Txn) close() { x.table.mu.Unlock() }

func Insert(t *Table, x *Index) {
	tx := t.begin()
	t.rows++
	tx.close()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.keys++
}

func Rebuild(t *Table, x *Index) {
	x.mu.Lock()
	defer x.mu.Unlock()
	t.mu.RLock()
	defer t.mu.RUnlock()
	x.keys = t.rows
}

// want no edge: Table.mu -> Index.mu
