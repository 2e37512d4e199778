// Package errgroup_under_lock: Wait under a lock that a function of the group
// takes before it ends.
package errgroup_under_lock

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

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
	c.mu.Lock()
	defer c.mu.Unlock()
	var g errgroup.Group
	for _, key := range keys {
		g.Go(func() error { return c.load(key) })
	}
	return g.Wait() // want wait: (*Cache).Refresh.g Cache.mu
}
