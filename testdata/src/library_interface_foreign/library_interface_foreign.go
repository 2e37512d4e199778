// Package library_interface_foreign: the interface is the standard library's.
// What a user would supply is anything, and hardly the one type in view that
// has a Close.
package library_interface_foreign

import (
	"io"
	"sync"
)

// want nothing

type Pool struct {
	mu    sync.Mutex
	conns []*Conn
}

func (p *Pool) Drop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.end()
	}
}

func (p *Pool) Close() error {
	p.Drop()
	return nil
}

type Conn struct {
	mu    sync.Mutex
	under io.Closer
}

func New(under io.Closer) *Conn { return &Conn{under: under} }

func (c *Conn) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.under.Close()
}
