// Package wait_through_lock_gate: who waits and who holds the other lock do so
// one at a time.
package wait_through_lock_gate

import "sync"

// want nothing

type Conn struct {
	changes sync.Mutex
	mu      sync.Mutex
	b       *Balancer
	addrs   []string
}

type Balancer struct {
	mu     sync.Mutex
	conn   *Conn
	closed chan struct{}
	done   chan struct{}
}

func Dial() *Conn {
	c := &Conn{}
	c.b = &Balancer{conn: c, closed: make(chan struct{}), done: make(chan struct{})}
	go c.b.watch()
	return c
}

func (b *Balancer) watch() {
	<-b.closed
	b.mu.Lock()
	b.conn = nil
	b.mu.Unlock()
	close(b.done)
}

func (b *Balancer) update(addr string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.conn != nil {
		b.conn.add(addr)
	}
}

func (c *Conn) add(addr string) {
	c.mu.Lock()
	c.addrs = append(c.addrs, addr)
	c.mu.Unlock()
}

func (c *Conn) Update(addr string) {
	c.changes.Lock()
	defer c.changes.Unlock()
	c.b.update(addr)
}

func (c *Conn) Close() {
	c.changes.Lock()
	defer c.changes.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.b.closed)
	<-c.b.done
}
