// Package singleflight_under_lock: who holds the lock waits for
// whoever fetches the key, who needs it.
package singleflight_under_lock

import (
	"sync"

	"golang.org/x/sync/singleflight"
)

type Cache struct {
	mu     sync.Mutex
	pages  map[string]int
	flight singleflight.Group
}

func (c *Cache) fetch(key string) (any, error) {
	c.mu.Lock() // want relock: Cache.mu
	defer c.mu.Unlock()
	c.pages[key]++
	return c.pages[key], nil
}

func (c *Cache) Load(key string) {
	c.flight.Do(key, func() (any, error) { return c.fetch(key) })
}

// want cycle: Cache.mu Cache.flight

func (c *Cache) Reload(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flight.Do(key, func() (any, error) { return c.fetch(key) })
}
