// Command before_goroutines_during: the goroutine with the other order is
// started under the first lock, before the second is taken.
package main

import "sync"

var (
	tableMu sync.Mutex
	indexMu sync.Mutex
)

func drop() {
	indexMu.Lock()
	tableMu.Lock()
	tableMu.Unlock()
	indexMu.Unlock()
}

func main() {
	tableMu.Lock()
	go drop()
	indexMu.Lock() // want cycle: tableMu indexMu
	indexMu.Unlock()
	tableMu.Unlock()
}
