// Package unlock_closure_released: the returned closure is called before the
// other lock is taken.
package unlock_closure_released

import "sync"

// want nothing

type Volume struct {
	mu   sync.Mutex
	size int
}

type Catalog struct {
	mu    sync.Mutex
	total int
}

func (v *Volume) lock() func() {
	v.mu.Lock()
	return func() { v.mu.Unlock() }
}

func (v *Volume) lockBound() (unlock func()) {
	v.mu.Lock()
	return v.mu.Unlock
}

func Grow(v *Volume, c *Catalog) {
	unlock := v.lock()
	v.size++
	unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total++
}

func Shrink(v *Volume, c *Catalog) {
	unlock := v.lockBound()
	v.size--
	unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total--
}

func Audit(v *Volume, c *Catalog) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer v.lock()()
	c.total = v.size
}

// want edge: Catalog.mu -> Volume.mu
// want no edge: Volume.mu -> Catalog.mu
