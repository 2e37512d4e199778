// Package relock_two_levels: the lock is taken again two calls below.
package relock_two_levels

import "sync"

type Cell struct {
	mu sync.Mutex
	v  int
}

func (c *Cell) Bump() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.step() // want relock: Cell.mu
}

func (c *Cell) step() { c.store(c.v + 1) }

func (c *Cell) store(v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.v = v
}
