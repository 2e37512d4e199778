// Package abba_direct: two locks are taken in opposite orders, each in one
// function.
package abba_direct

import "sync"

type Cache struct {
	mu      sync.Mutex
	entries map[string]int
}

type Store struct {
	mu   sync.Mutex
	rows map[string]int
}

// Load fills the cache from the store.
func Load(c *Cache, s *Store, key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s.mu.Lock() // want cycle: Cache.mu Store.mu
	defer s.mu.Unlock()
	c.entries[key] = s.rows[key]
}

// Flush writes the cache to the store.
func Flush(c *Cache, s *Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, v := range c.entries {
		s.rows[k] = v
	}
}

// want edge: Cache.mu -> Store.mu
// want edge: Store.mu -> Cache.mu
