// Package func_field_other: a closure over another object of the same class, in a
// field, is called under the lock of this one.
package func_field_other

import "sync"

// want nothing

type Cache struct {
	id    int
	mu    sync.Mutex
	evict func(int)
	size  int
}

func Chain(next *Cache) *Cache {
	c := &Cache{id: next.id + 1}
	c.evict = func(n int) {
		next.mu.Lock()
		next.size -= n
		next.mu.Unlock()
	}
	return c
}

func (c *Cache) Trim() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.evict(1)
}
