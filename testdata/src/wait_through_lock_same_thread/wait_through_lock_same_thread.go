// Package wait_through_lock_same_thread: the only goroutine that holds the other
// lock while it takes the first is the one that waits.
package main

import "sync"

// want nothing

var (
	table sync.Mutex
	pool  sync.Mutex
	done  = make(chan struct{})
	n     int
)

func work() {
	table.Lock()
	n++
	table.Unlock()
	close(done)
}

func report() {
	table.Lock()
	defer table.Unlock()
	pool.Lock()
	n++
	pool.Unlock()
}

func main() {
	go work()
	report()
	pool.Lock()
	<-done
	pool.Unlock()
}
