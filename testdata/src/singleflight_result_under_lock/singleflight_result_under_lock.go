// Package singleflight_result_under_lock: DoChan starts a goroutine, and
// does not wait.
package singleflight_result_under_lock

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

func (c *Cache) Load(key string) <-chan singleflight.Result {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.flight.DoChan(key, func() (any, error) { return c.fetch(key) })
}
