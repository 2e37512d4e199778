// Package goker_moby_27782_like: the log is followed under the lock of the
// container, which closing takes before it wakes anybody.
package goker_moby_27782_like

import "sync"

type Container struct {
	mu  sync.Mutex
	log *Log
	up  bool
}

type Log struct{ closed chan struct{} }

func (c *Container) Logs() {
	c.mu.Lock()
	defer c.mu.Unlock()
	<-c.log.closed // want wait: Container.mu Log.closed
}

func (c *Container) Reset() {
	c.mu.Lock()
	c.up = false
	c.mu.Unlock()
	close(c.log.closed)
}
