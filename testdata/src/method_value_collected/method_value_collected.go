// Package method_value_collected: bound methods are collected under the lock
// and called after it is released.
package method_value_collected

import "sync"

// want nothing

type Pool struct {
	mu    sync.Mutex
	conns []*Conn
}

type Conn struct {
	mu   sync.Mutex
	pool *Pool
	open bool
}

func (c *Conn) closeNow() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = false
}

func (p *Pool) Drain() {

	var closers []func()
	p.mu.Lock()
	for _, c := range p.conns {
		closers = append(closers, c.closeNow)
	}
	p.mu.Unlock()
	for _, f := range closers {
		f()
	}
}

func (p *Pool) put(c *Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns = append(p.conns, c)
}

func (c *Conn) Release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pool.put(c)
}

// want no edge: Pool.mu -> Conn.mu
