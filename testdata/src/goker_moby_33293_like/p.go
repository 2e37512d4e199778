// Package goker_moby_33293_like: a container sends its exit under the lock
// that who waits for it takes for each.
package goker_moby_33293_like

import "sync"

type Container struct {
	mu   sync.Mutex
	code int
	exit chan int
}

func (c *Container) Exit(code int) {
	c.mu.Lock()
	c.code = code
	c.exit <- code // want wait: Container.mu Container.exit
	c.mu.Unlock()
}

func (c *Container) Wait() {
	for code := range c.exit {
		c.mu.Lock()
		c.code -= code
		c.mu.Unlock()
	}
}
