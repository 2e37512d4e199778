// Package chan_of_functions: a worker calls the functions that it takes from a
// channel, in a range and with a second result, under its lock.
package chan_of_functions

import "sync"

type task func()

type Table struct {
	mu sync.Mutex
	n  int
}

type Worker struct {
	mu    sync.Mutex
	table *Table
	tasks chan task
}

func New() *Worker {
	w := &Worker{table: &Table{}, tasks: make(chan task, 8)}
	go w.run()
	return w
}

func (w *Worker) run() {
	for t := range w.tasks {
		w.mu.Lock()
		t()
		w.mu.Unlock()
	}
}

func (w *Worker) Submit() {
	w.tasks <- func() {
		w.table.mu.Lock() // want cycle: Worker.mu Table.mu
		w.table.n++
		w.table.mu.Unlock()
	}
}

func (w *Worker) Len() int {
	w.table.mu.Lock()
	defer w.table.mu.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.table.n + len(w.tasks)
}
