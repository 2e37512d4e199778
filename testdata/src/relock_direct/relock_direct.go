// Package relock_direct: a function takes a lock twice.
package relock_direct

import "sync"

type Cell struct {
	mu sync.Mutex
	v  int
}

func (c *Cell) Set(v int) {
	c.mu.Lock()
	c.v = v
	c.mu.Lock() // want relock: Cell.mu
	c.v++
	c.mu.Unlock()
}
