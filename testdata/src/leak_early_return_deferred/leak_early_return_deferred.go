// Package leak_early_return_deferred: an early return is covered by the
// deferred unlock.
package leak_early_return_deferred

import (
	"errors"
	"sync"
)

// want nothing

type Conn struct {
	mu     sync.Mutex
	closed bool
	n      int
}

func (c *Conn) Write(p []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errors.New("closed")
	}
	c.n += len(p)
	return nil
}
