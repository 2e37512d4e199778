// Package rlock_writer_gated: a read lock is taken again under itself. All who
// write hold the gate exclusively, which the readers of Sum hold for reading:
// no writer waits between them. Those of Peek do not hold it.
package rlock_writer_gated

import "sync"

type Table struct {
	gate sync.RWMutex
	mu   sync.RWMutex
	rows []int
}

func (t *Table) Sum() int {
	t.gate.RLock()
	defer t.gate.RUnlock()
	t.mu.RLock()
	defer t.mu.RUnlock()
	n := 0
	for i := range t.rows {
		n += t.at(i)
	}
	return n
}

func (t *Table) Peek() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.at(0) // want rlock: Table.mu
}

func (t *Table) at(i int) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.rows[i]
}

func (t *Table) Add(n int) {
	t.gate.Lock()
	defer t.gate.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows = append(t.rows, n)
}
