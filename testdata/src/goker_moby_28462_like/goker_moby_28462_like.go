// Package goker_moby_28462_like: the monitor is stopped by a send under the
// lock that it takes between two looks at the channel.
package goker_moby_28462_like

import "sync"

type Container struct {
	mu     sync.Mutex
	stop   chan struct{}
	probes int
}

func New() *Container {
	c := &Container{stop: make(chan struct{})}
	go c.monitor()
	return c
}

func (c *Container) halt() { c.stop <- struct{}{} } // want wait: Container.mu Container.stop

func (c *Container) StateChanged() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.halt()
}

func (c *Container) monitor() {
	for {
		select {
		case <-c.stop:
			return
		default:
		}
		c.mu.Lock()
		c.probes++
		c.mu.Unlock()
	}
}
