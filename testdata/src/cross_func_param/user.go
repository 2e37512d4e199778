// Package user passes a function that takes its lock to another package,
// which calls it with a lock held that this package takes under its own.
package user

import (
	"sync"

	"example.com/testdata/cross_func_param/holder"
)

type Cache struct {
	mu    sync.Mutex
	store *holder.Store
}

func (c *Cache) Put() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.store.Add() // want cycle: Cache.mu /holder.Store.mu
}

func (c *Cache) Walk() {
	c.store.Each(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
	})
}
