// Package goker_grpc_1460_like: the keep-alive sleeps with the lock held; who
// wakes it needs the lock, and its own send never waits.
package goker_grpc_1460_like

import "sync"

type Client struct {
	mu      sync.Mutex
	awake   chan struct{}
	streams int
}

func (c *Client) KeepAlive() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.streams < 1 {
		<-c.awake // want wait: Client.awake Client.mu
	}
}

func (c *Client) NewStream() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.streams++
	select {
	case c.awake <- struct{}{}:
	default:
	}
}
