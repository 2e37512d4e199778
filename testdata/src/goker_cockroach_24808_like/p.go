// Package goker_cockroach_24808_like: a suggestion waits for room under the
// lock that the compactor takes for each.
package goker_cockroach_24808_like

import "sync"

type Compactor struct {
	mu      sync.Mutex
	pending int
	wake    chan struct{}
}

func New() *Compactor {
	c := &Compactor{wake: make(chan struct{}, 1)}
	go c.run()
	return c
}

func (c *Compactor) run() {
	for range c.wake {
		c.mu.Lock()
		c.pending = 0
		c.mu.Unlock()
	}
}

func (c *Compactor) Suggest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending++
	c.wake <- struct{}{} // want wait: Compactor.mu Compactor.wake
}
