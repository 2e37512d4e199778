// Package result_field_variable_same: as result_field_variable, but the second use
// is of the same object.
package result_field_variable_same

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
	return f(c.dc.ci)
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
	if err := y.Raw(func(int) error { return nil }); err != nil {
		return err
	}
	return x.Raw(func(int) error { return x.Raw(func(int) error { return nil }) }) // want relock: raw.mu
}
