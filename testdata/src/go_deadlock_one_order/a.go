// Package go_deadlock_one_order: the same, but who leaves has released the
// connection.
package go_deadlock_one_order

import "github.com/sasha-s/go-deadlock"

// want nothing

type Pool struct {
	mu    deadlock.RWMutex
	conns []*Conn
}

type Conn struct {
	deadlock.Mutex
	pool *Pool
	open bool
}

func (p *Pool) CloseAll() {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for _, c := range p.conns {
		c.Lock()
		c.open = false
		c.Unlock()
	}
}

func (c *Conn) Leave() {
	c.Lock()
	c.open = false
	c.Unlock()
	c.pool.mu.Lock()
	defer c.pool.mu.Unlock()
	c.pool.conns = nil
}

// want edge: Pool.mu -> Conn.Mutex
