// Package field_read_twice: a field decides that a lock is taken, and again,
// after a call that does not change it, that it need not be.
package field_read_twice

import "sync"

// want nothing

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

func count(r *Request) { r.n++ }
