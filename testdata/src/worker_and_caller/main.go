// Command worker_and_caller: what the worker does somebody else does too.
package main

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

func main() {
	jobs := make(chan job)
	go func() {
		for do := range jobs {
			do()
		}
	}()
	jobs <- func() { add("one", 1) }
	jobs <- func() { drop(1) }
	drop(2)
}
