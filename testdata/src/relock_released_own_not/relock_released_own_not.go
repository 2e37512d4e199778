// Package relock_released_own_not: who has the lock says so, and then the helper
// releases the lock of the caller.
package relock_released_own_not

import "sync"

// want nothing

type Conn struct {
	mu     sync.Mutex
	out    []byte
	locked bool
}

func (c *Conn) Send(b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(b) == 0 {
		c.locked = true
		c.close()
		c.locked = false
		return
	}
	c.out = append(c.out, b...)
}

func (c *Conn) close() {
	if !c.locked {
		c.mu.Lock()
	}
	c.flush()
	if !c.locked {
		c.mu.Unlock()
	}
}

// flush is called with c.mu held, and releases it for a while.
func (c *Conn) flush() {
	out := c.out
	c.out = nil
	c.mu.Unlock()
	write(out)
	c.mu.Lock()
}

func write(b []byte) { print(len(b)) }
