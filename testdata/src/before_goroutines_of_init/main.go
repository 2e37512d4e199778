// Command before_goroutines_of_init: an initialiser has started the goroutine
// with the other order.
package main

import "sync"

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

func init() {
	go func() {
		for i := range 10 {
			drop(i)
		}
	}()
}

func main() {
	add("one", 1)
}
