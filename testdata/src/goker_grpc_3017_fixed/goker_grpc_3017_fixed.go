// Package goker_grpc_3017_fixed: the body of a timer started under the lock
// unlocks on both of its paths.
package goker_grpc_3017_fixed

import (
	"sync"
	"time"
)

// want nothing

type Entry struct {
	cancel func()
	kept   bool
}

type Cache struct {
	mu sync.Mutex
	m  map[int]*Entry
	n  int
}

func (c *Cache) Remove(k int, d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := &Entry{}
	c.m[k] = e
	timer := time.AfterFunc(d, func() {
		c.mu.Lock()
		if e.kept {
			c.mu.Unlock()
			return
		}
		delete(c.m, k)
		c.mu.Unlock()
	})
	e.cancel = func() { e.kept = !timer.Stop() }
}

func (c *Cache) Get(k int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.m[k]; ok {
		e.cancel()
		delete(c.m, k)
	}
}

// want no edge: Cache.mu -> Cache.mu
