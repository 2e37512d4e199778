// Command before_goroutines: main is done with one order before it starts the
// goroutine with the other.
package main

import "sync"

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

func load() {
	add("one", 1)
	add("two", 2)
}

func main() {
	load()
	done := make(chan struct{})
	go func() {
		drop(1)
		close(done)
	}()
	<-done
}
