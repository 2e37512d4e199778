// Package cond_own_lock_param: the lock of a Cond that is handed to a helper is
// that of the Cond's holder, with each of them.
package cond_own_lock_param

import "sync"

type left struct {
	cond *sync.Cond
	n    int
}

type right struct {
	cond  *sync.Cond
	n     int
	other *left
	third *left
}

func New() *right {
	return &right{
		cond:  sync.NewCond(new(sync.Mutex)),
		other: &left{cond: sync.NewCond(new(sync.Mutex))},
	}
}

// with runs f with the lock of a condition.
func with(c *sync.Cond, f func()) {
	c.L.Lock()
	defer c.L.Unlock()
	f()
}

func (r *right) Up() {
	with(r.cond, func() {
		r.other.cond.L.Lock()
		r.other.n++
		r.other.cond.L.Unlock()
	})
}

func (r *right) Down() {
	with(r.other.cond, func() {
		r.cond.L.Lock() // want cycle: right.cond.L left.cond.L
		r.n++
		r.cond.L.Unlock()
	})
}
