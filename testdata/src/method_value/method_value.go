// Package method_value: a bound method is passed as a callback.
package method_value

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

func run(f func()) { f() }

func (p *Pool) Drain() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		run(c.closeNow) // want cycle: Pool.mu Conn.mu
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
