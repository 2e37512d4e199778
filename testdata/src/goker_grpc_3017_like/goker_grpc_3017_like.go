// Package goker_grpc_3017_like: the body of a goroutine returns with the lock
// held when its work was called off.
package goker_grpc_3017_like

import "sync"

type Cache struct {
	mu sync.Mutex
	m  map[int]bool
}

func (c *Cache) Remove(k int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k] = false
	go func() {

		// want leak: Cache.mu
		c.mu.Lock()
		if kept, ok := c.m[k]; ok && !kept {
			delete(c.m, k)
			c.mu.Unlock()
		}
	}()
}
