// Package trylock_then_lock: a tried lock is held as any other: what is locked
// under it has an order.
package trylock_then_lock

import "sync"

type Cache struct {
	mu sync.Mutex
	n  int
}

type Store struct {
	mu sync.Mutex
	n  int
}

func Fill(c *Cache, s *Store) {
	if c.mu.TryLock() {
		defer c.mu.Unlock()
		s.mu.Lock() // want cycle: Cache.mu Store.mu
		defer s.mu.Unlock()
		c.n = s.n
	}
}

func Evict(c *Cache, s *Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	s.n += c.n
}
