// Package method_expression: a method expression is called with its receiver
// as an argument.
package method_expression

import "sync"

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

func (p *Pool) each(f func(*Conn)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		f(c) // want cycle: Pool.mu Conn.mu
	}
}

func (p *Pool) Drain() { p.each((*Conn).closeNow) }

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
