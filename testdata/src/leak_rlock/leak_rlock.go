// Package leak_rlock: an early return forgets to release a read lock.
package leak_rlock

import (
	"errors"
	"sync"
)

type Conn struct {
	mu     sync.RWMutex
	closed bool
	n      int
}

func (c *Conn) Sent() (int, error) {

	// want leak: Conn.mu
	c.mu.RLock()
	if c.closed {
		return 0, errors.New("closed")
	}
	n := c.n
	c.mu.RUnlock()
	return n, nil
}
