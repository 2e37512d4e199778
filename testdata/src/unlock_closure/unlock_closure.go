// Package unlock_closure: a function locks and returns the closure that
// unlocks; both orders go through it.
package unlock_closure

import "sync"

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

func Grow(v *Volume, c *Catalog) {
	unlock := v.lock()
	defer unlock()
	c.mu.Lock() // want cycle: Volume.mu Catalog.mu
	defer c.mu.Unlock()
	v.size++
	c.total++
}

func Audit(v *Volume, c *Catalog) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer v.lock()()
	c.total = v.size
}
