// Package goker_cockroach_6181_fixed: under the lock the object is formatted
// by a function that expects it.
package goker_cockroach_6181_fixed

import (
	"fmt"
	"strconv"
	"sync"
)

// want nothing

type Cache struct {
	mu sync.RWMutex
	n  int
}

func (c *Cache) String() string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.stringLocked()
}

func (c *Cache) stringLocked() string { return strconv.Itoa(c.n) }

func (c *Cache) Lookup() {
	c.mu.RLock()
	fmt.Printf("lookup in %s\n", c.stringLocked())
	c.mu.RUnlock()
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}
