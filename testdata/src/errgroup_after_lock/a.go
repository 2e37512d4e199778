// Package errgroup_after_lock: the same, but Wait holds nothing.
package errgroup_after_lock

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

// want nothing

type Cache struct {
	mu    sync.Mutex
	pages map[string]int
}

func (c *Cache) load(key string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[key]++
	return nil
}

func (c *Cache) Refresh(keys []string) error {
	var g errgroup.Group
	c.mu.Lock()
	for _, key := range keys {
		g.Go(func() error { return c.load(key) })
	}
	c.mu.Unlock()
	return g.Wait()
}
