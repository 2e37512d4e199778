// Package goker_istio_16224_like: an event is sent under the lock that who
// drains the events takes for each.
package goker_istio_16224_like

import "sync"

type Controller struct {
	mu     sync.Mutex
	seen   int
	events chan string
}

func (c *Controller) OnEvent(name string) {
	c.mu.Lock()
	c.seen++
	c.events <- name // want wait: Controller.mu Controller.events
	c.mu.Unlock()
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
