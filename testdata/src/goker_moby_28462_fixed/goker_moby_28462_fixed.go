// Package goker_moby_28462_fixed: the monitor is stopped by closing a channel,
// which waits for nobody.
package goker_moby_28462_fixed

import "sync"

// want nothing

type Container struct {
	mu     sync.Mutex
	stop   chan struct{}
	probes int
}

func (c *Container) StateChanged() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stop != nil {
		close(c.stop)
		c.stop = nil
	}
}

func (c *Container) monitor(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			c.probe()
		}
	}
}

func (c *Container) probe() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.probes++
}

func (c *Container) Start() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stop = make(chan struct{})
	go c.monitor(c.stop)
}
