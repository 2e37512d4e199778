// Package chan_of_interfaces: the same of the methods of what comes out of a
// channel.
package chan_of_interfaces

import "sync"

type task interface{ do() }

type Table struct {
	mu sync.Mutex
	n  int
}

type count struct{ table *Table }

func (c count) do() {
	c.table.mu.Lock() // want cycle: Worker.mu Table.mu
	c.table.n++
	c.table.mu.Unlock()
}

type Worker struct {
	mu    sync.Mutex
	table *Table
	tasks chan task
}

func New() *Worker { return &Worker{table: &Table{}, tasks: make(chan task, 8)} }

func (w *Worker) Step() bool {
	t, ok := <-w.tasks
	if !ok {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	t.do()
	return true
}

func (w *Worker) Submit() { w.tasks <- count{w.table} }

func (w *Worker) Len() int {
	w.table.mu.Lock()
	defer w.table.mu.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.table.n + len(w.tasks)
}
