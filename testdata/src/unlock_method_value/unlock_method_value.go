// Package unlock_method_value: the unlock is a method value kept in a variable
// and deferred.
package unlock_method_value

import "sync"

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
	defer unlock()
	s.mu.RLock() // want cycle: Cache.mu Store.mu
	done := s.mu.RUnlock
	c.n = s.n
	done()
}

func Evict(c *Cache, s *Store) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lock, unlock := c.mu.Lock, c.mu.Unlock
	lock()
	s.n += c.n
	unlock()
}
