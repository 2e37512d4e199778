// Package field_changed_between: a field decides that a lock is taken; a callee
// changes it, and then it does not say any more that the lock is held.
package field_changed_between

import "sync"

// want relock: Conn.mu

type Request struct {
	urgent bool
	n      int
}

type Conn struct {
	mu   sync.Mutex
	sent int
}

// Handle locks the connection if the request is urgent, and says so to those
// who would lock it too.
func (c *Conn) Handle(r *Request) {
	if r.urgent {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	c.prepare(r)
	c.reply(r.urgent)
}

func (c *Conn) reply(locked bool) {
	if !locked {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	c.sent++
}

func Parse(b []byte) *Request { return &Request{urgent: len(b) > 0} }

func (c *Conn) prepare(r *Request) {
	r.n++
	count(r)
}

func count(r *Request) {
	if r.n > 9 {
		r.urgent = false
	}
}
