// Package unlock_method_value_released: the unlock is a method value called
// before the other lock is taken.
package unlock_method_value_released

import "sync"

// want nothing

type Cache struct {
	mu sync.Mutex
	n  int
}

type Store struct {
	mu sync.RWMutex
	n  int
}

func Fill(c *Cache, s *Store) {
	c.mu.Lock()
	unlock := c.mu.Unlock
	c.n++
	unlock()
	s.mu.RLock()
	defer s.mu.RUnlock()
}

func Evict(c *Cache, s *Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lock, unlock := c.mu.Lock, c.mu.Unlock
	lock()
	s.n += c.n
	unlock()
}

// want no edge: Cache.mu -> Store.mu
