// Package worker_of_library: there are as many workers as somebody makes.
package worker_of_library

import "sync"

type job func()

var (
	tableMu sync.Mutex
	table   = map[string]int{}
	indexMu sync.Mutex
	index   = map[int]string{}
)

func add(name string, n int) {
	tableMu.Lock()
	indexMu.Lock() // want cycle: tableMu indexMu
	table[name], index[n] = n, name
	indexMu.Unlock()
	tableMu.Unlock()
}

func drop(n int) {
	indexMu.Lock()
	tableMu.Lock()
	delete(table, index[n])
	delete(index, n)
	tableMu.Unlock()
	indexMu.Unlock()
}

type Worker struct{ jobs chan job }

func NewWorker() *Worker {
	w := &Worker{jobs: make(chan job)}
	go w.run()
	return w
}

func (w *Worker) run() {
	for do := range w.jobs {
		do()
	}
}

func (w *Worker) Add(name string, n int) { w.jobs <- func() { add(name, n) } }

func (w *Worker) Drop(n int) { w.jobs <- func() { drop(n) } }
