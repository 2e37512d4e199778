// Command rlock_writer_worker: a worker writes while the readers
// read.
package main

import "sync"

type Table struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (t *Table) load() {
	t.mu.Lock()
	t.rows = map[string]int{"one": 1}
	t.mu.Unlock()
}

func (t *Table) get(name string) int {
	t.mu.RLock() // want rlock: Table.mu
	defer t.mu.RUnlock()
	return t.rows[name]
}

func (t *Table) sum(names ...string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	n := 0
	for _, name := range names {
		n += t.get(name)
	}
	return n
}

func main() {
	t := &Table{}
	go t.load()
	done := make(chan int)
	go func() { done <- t.sum("one", "two") }()
	println(<-done)
}
