// Package relock_callee_releases: the callee releases its caller's lock before
// it takes it again.
package relock_callee_releases

import "sync"

// want nothing

type Set struct {
	mu sync.Mutex
	m  map[string]bool
}

func (s *Set) Add(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.growLocked()
	s.m[k] = true
}

// growLocked is called with s.mu held, and releases it for a while.
func (s *Set) growLocked() {
	s.mu.Unlock()
	m := make(map[string]bool, 2*s.Len())
	s.mu.Lock()
	s.m = m
}

func (s *Set) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.m)
}
