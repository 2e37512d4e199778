// Package map_range_under_lock: Range calls its function under the lock that
// the function takes.
package map_range_under_lock

import "sync"

type Sessions struct {
	mu   sync.Mutex
	open int
	all  sync.Map
}

func (s *Sessions) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all.Range(func(key, _ any) bool {
		s.drop(key)
		return true
	})
}

func (s *Sessions) drop(key any) {
	s.all.Delete(key)
	s.mu.Lock() // want relock: Sessions.mu
	s.open--
	s.mu.Unlock()
}
