// Package trylock_edge: the second lock of one order is only tried: who tries
// does not wait.
package trylock_edge

import "sync"

// want nothing

type Cache struct {
	mu sync.Mutex
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

func Evict(c *Cache, s *Store) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !c.mu.TryLock() {
		return false
	}
	defer c.mu.Unlock()
	s.n += c.n
	return true
}

// want no edge: Store.mu -> Cache.mu
