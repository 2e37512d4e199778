// Package singleflight_waited_under_lock: whoever fetches needs the
// lock under which another waits for the key, to do something else with it.
package singleflight_waited_under_lock

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
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[key]++
	return c.pages[key], nil
}

func (c *Cache) Load(key string) {
	c.flight.Do(key, func() (any, error) { return c.fetch(key) })
}

func (c *Cache) Drop(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flight.Do(key, func() (any, error) { return nil, nil }) // want cycle: Cache.mu Cache.flight
}
