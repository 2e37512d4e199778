// Package wait_through_lock_after: who is waited for takes the other lock when it
// has ended the wait.
package wait_through_lock_after

import "sync"

// want nothing

type Conn struct {
	mu    sync.Mutex
	b     *Balancer
	addrs []string
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
	close(b.done)
	b.mu.Lock()
	b.conn = nil
	b.mu.Unlock()
}

func (b *Balancer) Update(addr string) {
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

func (c *Conn) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.b.closed)
	<-c.b.done
}
