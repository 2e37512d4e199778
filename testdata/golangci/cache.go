// Package sample has a cycle with the package that it imports.
package sample

import (
	"sync"

	"example.com/sample/store"
)

type Cache struct {
	mu    sync.Mutex
	store *store.Store
}

func New(s *store.Store) *Cache {
	c := &Cache{store: s}
	s.Register(c)
	return c
}

func (c *Cache) Put() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.store.Add()
}

func (c *Cache) Changed() {
	c.mu.Lock()
	defer c.mu.Unlock()
}
