// Package map_range_after_lock: the map is ranged over without the lock.
package map_range_after_lock

import "sync"

// want nothing

type Sessions struct {
	mu   sync.Mutex
	open int
	all  sync.Map
}

func (s *Sessions) Close() {
	s.mu.Lock()
	n := s.open
	s.mu.Unlock()
	if n == 0 {
		return
	}
	s.all.Range(func(key, _ any) bool {
		s.drop(key)
		return true
	})
}

func (s *Sessions) drop(key any) {
	s.all.Delete(key)
	s.mu.Lock()
	s.open--
	s.mu.Unlock()
}
