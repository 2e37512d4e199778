// Package singleflight_after_lock: the lock is given back before the
// key is asked for.
package singleflight_after_lock

import (
	"sync"

	"golang.org/x/sync/singleflight"
)

// want nothing

type Cache struct {
	mu     sync.Mutex
	pages  map[string]int
	flight singleflight.Group
}

func (c *Cache) fetch(key string) (any, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[key]++
	return c.pages[key], nil
}

func (c *Cache) Load(key string) {
	c.mu.Lock()
	n := c.pages[key]
	c.mu.Unlock()
	if n == 0 {
		c.flight.Do(key, func() (any, error) { return c.fetch(key) })
	}
}
