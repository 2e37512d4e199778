// Package goker_grpc_1424_like: dialling waits for the balancer under the lock
// that the balancer takes.
package goker_grpc_1424_like

import "sync"

type ClientConn struct {
	mu    sync.Mutex
	addrs int
	done  chan struct{}
}

func (c *ClientConn) watch() {
	c.mu.Lock()
	c.addrs++
	c.mu.Unlock()
	close(c.done)
}

func (c *ClientConn) Dial() {
	c.mu.Lock()
	defer c.mu.Unlock()
	go c.watch()
	<-c.done // want wait: ClientConn.mu ClientConn.done
}
