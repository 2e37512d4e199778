// Package goker_syncthing_5795_fixed: the dispatcher has another goroutine
// close the connection.
package goker_syncthing_5795_fixed

import "sync"

// want nothing

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
			go c.Close()
			return
		}
	}
}

func (c *Conn) Close() {
	c.once.Do(func() {
		close(c.closed)
		<-c.stopped
	})
}
