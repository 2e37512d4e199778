// Package go_deadlock: the drop-in mutexes of go-deadlock, in opposite orders.
package go_deadlock

import "github.com/sasha-s/go-deadlock"

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
		c.Lock() // want cycle: Pool.mu Conn.Mutex
		c.open = false
		c.Unlock()
	}
}

func (c *Conn) Leave() {
	c.Lock()
	defer c.Unlock()
	c.pool.mu.Lock()
	defer c.pool.mu.Unlock()
	c.pool.conns = nil
}
