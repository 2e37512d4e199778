// Package goker_grpc_862_like: the connection waits for its goroutine under
// the lock that this takes when it is told to end.
package goker_grpc_862_like

import "sync"

type Conn struct {
	mu    sync.Mutex
	state int
	quit  chan struct{}
	wg    sync.WaitGroup
}

func Dial() *Conn {
	c := &Conn{quit: make(chan struct{})}
	c.wg.Add(1)
	go c.reset()
	return c
}

func (c *Conn) reset() {
	defer c.wg.Done()
	<-c.quit
	c.mu.Lock()
	c.state = 2
	c.mu.Unlock()
}

func (c *Conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.state = 1
	close(c.quit)
	c.wg.Wait() // want wait: Conn.mu Conn.wg
}
