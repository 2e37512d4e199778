// Package goker_syncthing_5795_like: the dispatcher closes the connection,
// which waits for the dispatcher to end.
package goker_syncthing_5795_like

import "sync"

type Conn struct {
	once    sync.Once
	closed  chan struct{}
	stopped chan struct{}
	inbox   chan int
}

func New() *Conn {
	c := &Conn{closed: make(chan struct{}), stopped: make(chan struct{}), inbox: make(chan int)}
	go c.dispatch()
	return c
}

func (c *Conn) dispatch() {
	defer close(c.stopped)
	for n := range c.inbox {
		if n < 0 {
			c.Close()
			return
		}
	}
}

func (c *Conn) Close() {
	c.once.Do(func() {
		close(c.closed)
		<-c.stopped // want wait: Conn.once Conn.stopped
	})
}
