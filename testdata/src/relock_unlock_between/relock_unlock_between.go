// Package relock_unlock_between: the lock is released around the call that
// takes it.
package relock_unlock_between

import "sync"

// want nothing

type Set struct {
	mu sync.Mutex
	m  map[string]bool
}

func (s *Set) Has(k string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m[k]
}

func (s *Set) Add(k string) {
	s.mu.Lock()
	n := len(s.m)
	s.mu.Unlock()
	if n > 0 && s.Has(k) {
		return
	}
	s.mu.Lock()
	s.m[k] = true
	s.mu.Unlock()
}
