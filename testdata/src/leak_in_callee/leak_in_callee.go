// Package leak_in_callee: a callee leaks on one path that its caller cannot
// tell from the others.
package leak_in_callee

import "sync"

type Conn struct {
	mu     sync.Mutex
	closed bool
	n      int
}

func (c *Conn) add(n int) {

	// want leak: Conn.mu
	c.mu.Lock()
	if c.closed {
		return
	}
	c.n += n
	c.mu.Unlock()
}

func Send(c *Conn, p []byte) { c.add(len(p)) }
