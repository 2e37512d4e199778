// Command worker_started_again: the worker is started twice.
package main

import (
	"os"
	"sync"
)

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
	}
	start([]string{"nobody"})
}
