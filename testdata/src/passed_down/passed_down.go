// Package passed_down: the lock of the other order is taken three calls down by
// helpers that only know it as an argument. The chain leads to where they take
// it.
package passed_down

import "sync"

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
	mu.Lock() // want cycle: Table.rows Table.log
}

func (t *Table) Flush() {
	t.log.Lock()
	defer t.log.Unlock()
	t.rows.Lock()
	t.n = 0
	t.rows.Unlock()
}
