// Package goker_istio_16224_fixed: the event is sent once the lock is given
// back.
package goker_istio_16224_fixed

import "sync"

// want nothing

type Controller struct {
	mu     sync.Mutex
	seen   int
	events chan string
}

func (c *Controller) OnEvent(name string) {
	c.mu.Lock()
	c.seen++
	c.mu.Unlock()
	c.events <- name
}

func (c *Controller) Drain() (all []string) {
	for {
		c.mu.Lock()
		left := c.seen
		c.seen--
		c.mu.Unlock()
		if left == 0 {
			return all
		}
		all = append(all, <-c.events)
	}
}
