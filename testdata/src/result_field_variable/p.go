// Package result_field_variable: what a constructor puts into its object it has
// in a variable that a closure sets. Two calls make two, though the variable is
// one: none is locked again.
package result_field_variable

import "sync"

type raw struct {
	mu sync.Mutex
	ci int
}

type Conn struct {
	dc *raw
}

type Pool struct {
	free []*raw
}

func (p *Pool) raw() (*raw, error) {
	if len(p.free) > 0 {
		r := p.free[0]
		p.free = p.free[1:]
		return r, nil
	}
	return &raw{}, nil
}

func retry(f func() error) error {
	if f() == nil {
		return nil
	}
	return f()
}

func (p *Pool) Conn() (*Conn, error) {
	var dc *raw
	var err error
	err = retry(func() error {
		dc, err = p.raw()
		return err
	})
	if err != nil {
		return nil, err
	}
	return &Conn{dc: dc}, nil
}

func (c *Conn) Raw(f func(int) error) error {
	c.dc.mu.Lock()
	defer c.dc.mu.Unlock()
	return f(c.dc.ci) // want peers: raw.mu
}

func Copy(a, b *Pool) error {
	x, err := a.Conn()
	if err != nil {
		return err
	}
	y, err := b.Conn()
	if err != nil {
		return err
	}
	return x.Raw(func(int) error { return y.Raw(func(int) error { return nil }) })
}
