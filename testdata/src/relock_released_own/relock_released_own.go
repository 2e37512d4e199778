// Package relock_released_own: a callee takes its caller's lock, and hands it to
// a helper that releases it for a while. What the helper releases is the
// callee's, not the caller's.
package relock_released_own

import "sync"

type Conn struct {
	mu  sync.Mutex
	out []byte
}

func (c *Conn) Send(b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(b) == 0 {
		c.Close()
		return
	}
	c.out = append(c.out, b...)
}

func (c *Conn) Close() {
	c.mu.Lock() // want relock: Conn.mu
	c.flush()
	c.mu.Unlock()
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
