// Command worker_restores_first: main restores before it starts the worker,
// which restores again later, and does the opposite.
package main

import "sync"

type job func()

// want nothing

var (
	tableMu sync.Mutex
	table   = map[string]int{}
	indexMu sync.Mutex
	index   = map[int]string{}
)

func add(name string, n int) {
	tableMu.Lock()
	indexMu.Lock()
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

func restore() { add("one", 1) }

func main() {
	restore()
	jobs := make(chan job)
	go func() {
		for do := range jobs {
			do()
		}
	}()
	jobs <- func() { restore() }
	jobs <- func() { drop(1) }
}
