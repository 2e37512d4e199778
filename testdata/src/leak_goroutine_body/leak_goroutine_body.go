// Package leak_goroutine_body: the body of a goroutine returns early with the
// lock held.
package leak_goroutine_body

import (
	"sync"
	"time"
)

type Cache struct {
	mu      sync.Mutex
	m       map[string]int
	stopped bool
}

func (c *Cache) Expire(k string, d time.Duration) {
	time.AfterFunc(d, func() {

		// want leak: Cache.mu
		c.mu.Lock()
		if c.stopped {
			return
		}
		delete(c.m, k)
		c.mu.Unlock()
	})
}
