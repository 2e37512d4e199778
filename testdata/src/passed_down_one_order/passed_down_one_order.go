// Package passed_down_one_order: as passed_down, but everybody takes the rows
// first.
package passed_down_one_order

import "sync"

// want nothing

type Table struct {
	rows, log sync.Mutex
	n         int
}

func (t *Table) Insert() {
	t.rows.Lock()
	defer t.rows.Unlock()
	t.record()
}

func (t *Table) record() {
	t.n++
	t.append()
}

func (t *Table) append() {
	with(&t.log, func() { t.n++ })
}

func with(mu *sync.Mutex, do func()) {
	enter(mu)
	defer mu.Unlock()
	do()
}

func enter(mu *sync.Mutex) {
	mu.Lock()
}

func (t *Table) Flush() {
	t.rows.Lock()
	defer t.rows.Unlock()
	with(&t.log, func() { t.n = 0 })
}
