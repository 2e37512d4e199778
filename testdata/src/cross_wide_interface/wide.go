// Package cross_wide_interface asks for less than what the other package makes:
// nothing is ever made into a Reader, and the method of the type that is made
// into a Store is promoted from an interface in it.
package cross_wide_interface

import (
	"sync"

	"example.com/testdata/cross_wide_interface/store"
)

// A Cache is in front of a store.
type Cache struct {
	mu sync.Mutex
	r  store.Reader
}

// New makes one.
func New(r store.Reader) *Cache { return &Cache{r: r} }

// Fill reads the store under the cache's lock, and the cache under the store's.
func (c *Cache) Fill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.r.View() // want cycle: Cache.mu /store.store.mu
}

// Drain reads the cache under the store's lock.
func (c *Cache) Drain(s store.Store) {
	s.Lock()
	defer s.Unlock()
	c.mu.Lock()
	c.mu.Unlock()
}

// Open is what makes a Reader of one type.
func Open() *Cache {
	s := store.New()
	c := New(s)
	c.Drain(s)
	return c
}
