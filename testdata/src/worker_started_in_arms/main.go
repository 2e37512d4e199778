// Command worker_started_in_arms: the worker is started at two places, of
// which one run reaches one.
package main

import (
	"os"
	"sync"
)

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

func work(names []string) {
	for i, name := range names {
		add(name, i)
		drop(i)
	}
}

func start(names []string) { go work(names) }

func main() {
	if len(os.Args) > 1 {
		start(os.Args[1:])
	} else {
		start([]string{"nobody"})
	}
	tableMu.Lock()
	defer tableMu.Unlock()
	table["main"] = 0
}
