// Package user passes a function that takes no lock: another does, and is
// passed by nobody.
package user

import (
	"sync"

	"example.com/testdata/cross_func_param/holder"
)

// want nothing

type Cache struct {
	mu    sync.Mutex
	n     int
	store *holder.Store
}

func (c *Cache) Put() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.store.Add()
}

func (c *Cache) Walk() {
	c.store.Each(func() { println("x") })
	f := func() {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	f()
}
