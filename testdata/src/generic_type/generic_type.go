// Package generic_type: the locks are in generic types; each instantiation is a
// class of its own.
package generic_type

import "sync"

type Cache[K comparable, V any] struct {
	mu  sync.Mutex
	m   map[K]V
	src *Source[K, V]
}

type Source[K comparable, V any] struct {
	mu    sync.Mutex
	cache *Cache[K, V]
	zero  V
}

func (c *Cache[K, V]) Get(k K) V {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.m[k]
	if !ok {
		v = c.src.fetch(k)
		c.m[k] = v
	}
	return v
}

func (s *Source[K, V]) fetch(K) V {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.zero
}

func (s *Source[K, V]) Invalidate(k K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cache.mu.Lock() // want cycle: Cache[string,int].mu Source[string,int].mu
	defer s.cache.mu.Unlock()
	delete(s.cache.m, k)
}

func Names(c *Cache[string, int]) int { return c.Get("a") }

func Drop(s *Source[string, int]) { s.Invalidate("a") }
