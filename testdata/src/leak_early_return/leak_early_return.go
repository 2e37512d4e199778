// Package leak_early_return: an early return forgets to unlock.
package leak_early_return

import (
	"errors"
	"sync"
)

type Conn struct {
	mu     sync.Mutex
	closed bool
	n      int
}

func (c *Conn) Write(p []byte) error {

	// want leak: Conn.mu
	c.mu.Lock()
	if c.closed {
		return errors.New("closed")
	}
	c.n += len(p)
	c.mu.Unlock()
	return nil
}
