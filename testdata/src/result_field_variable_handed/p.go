// Package result_field_variable_handed: as result_field_variable, but the variable
// is what the constructor is given, so that two calls with one make two that
// share it.
package result_field_variable_handed

import "sync"

type raw struct {
	mu sync.Mutex
	ci int
}

type Conn struct {
	dc *raw
}

func each(n int, f func()) {
	for range n {
		f()
	}
}

func wrap(r *raw) (*Conn, error) {
	dc := r
	each(2, func() { println(dc) })
	return &Conn{dc: dc}, nil
}

func (c *Conn) Raw(f func(int) error) error {
	c.dc.mu.Lock()
	defer c.dc.mu.Unlock()
	return f(c.dc.ci)
}

func Twice(r *raw) error {
	x, err := wrap(r)
	if err != nil {
		return err
	}
	y, err := wrap(r)
	if err != nil {
		return err
	}
	return x.Raw(func(int) error { return y.Raw(func(int) error { return nil }) }) // want relock: raw.mu
}
