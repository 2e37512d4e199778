// Package goker_cockroach_6181_like: an error built under the read lock
// formats the object, whose Error method takes it again.
package goker_cockroach_6181_like

import (
	"fmt"
	"strconv"
	"sync"
)

type Cache struct {
	mu sync.RWMutex
	n  int
}

func (c *Cache) Error() string {
	c.mu.RLock() // want rlock: Cache.mu
	defer c.mu.RUnlock()
	return "cache of " + strconv.Itoa(c.n)
}

func (c *Cache) Check() error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.n < 0 {
		return fmt.Errorf("check: %w", c)
	}
	return nil
}

func (c *Cache) Set(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n = n
}
