// Package trylock_failed_branch: where TryLock failed the lock is not held.
package trylock_failed_branch

import "sync"

// want nothing

type Cache struct {
	mu sync.Mutex
	n  int
}

type Store struct {
	mu     sync.Mutex
	misses int
}

func Fill(c *Cache, s *Store) {
	if !c.mu.TryLock() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.misses++
		return
	}
	c.n++
	c.mu.Unlock()
}

func Evict(c *Cache, s *Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	s.misses, c.n = 0, 0
}

// want no edge: Cache.mu -> Store.mu
