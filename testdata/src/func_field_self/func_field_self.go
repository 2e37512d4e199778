// Package func_field_self: a closure over the object itself, in a field of it, is
// called under the lock that it takes.
package func_field_self

import "sync"

type Cache struct {
	mu    sync.Mutex
	evict func(int)
	size  int
}

func New() *Cache {
	c := &Cache{}
	c.evict = func(n int) {
		c.mu.Lock() // want relock: Cache.mu
		c.size -= n
		c.mu.Unlock()
	}
	return c
}

func (c *Cache) Trim() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.evict(1)
}
