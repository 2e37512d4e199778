// Package goker_grpc_1460_fixed: the lock is released while the keep-alive
// sleeps.
package goker_grpc_1460_fixed

import "sync"

// want nothing

type Client struct {
	mu      sync.Mutex
	awake   chan struct{}
	streams int
}

func (c *Client) KeepAlive() {
	c.mu.Lock()
	if c.streams < 1 {
		c.mu.Unlock()
		<-c.awake
	} else {
		c.mu.Unlock()
	}
}

func (c *Client) NewStream() {
	c.mu.Lock()
	c.streams++
	if c.streams == 1 {
		select {
		case c.awake <- struct{}{}:
		default:
		}
	}
	c.mu.Unlock()
}
