// Package tryrlock_edge: the second lock of one order is only tried, for
// reading.
package tryrlock_edge

import "sync"

// want nothing

type Cache struct {
	mu sync.RWMutex
	n  int
}

type Store struct {
	mu sync.Mutex
	n  int
}

func Fill(c *Cache, s *Store) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	c.n = s.n
}

func Peek(c *Cache, s *Store) (int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !c.mu.TryRLock() {
		return 0, false
	}
	defer c.mu.RUnlock()
	return c.n + s.n, true
}

// want no edge: Store.mu -> Cache.mu
