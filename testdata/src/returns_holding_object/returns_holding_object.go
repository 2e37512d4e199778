// Package returns_holding_object: a constructor of a transaction returns with
// a lock held that the transaction's Close releases.
package returns_holding_object

import "sync"

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
	defer tx.close()
	x.mu.Lock() // want cycle: Table.mu Index.mu
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
