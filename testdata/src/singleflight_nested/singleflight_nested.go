// Package singleflight_nested: the function asks the same group for another
// key.
package singleflight_nested

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
	c.flight.Do(key, func() (any, error) {
		c.flight.Do(key+"/index", func() (any, error) { return c.fetch(key) })
		return c.fetch(key)
	})
}
