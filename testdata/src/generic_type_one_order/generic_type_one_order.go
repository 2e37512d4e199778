// Package generic_type_one_order: the locks are in generic types and are taken
// in one order.
package generic_type_one_order

import "sync"

// want nothing

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

func Names(c *Cache[string, int]) int { return c.Get("a") }

func Sizes(c *Cache[int, float64]) float64 { return c.Get(1) }

// want edge: Cache[string,int].mu -> Source[string,int].mu
// want edge: Cache[int,float64].mu -> Source[int,float64].mu
