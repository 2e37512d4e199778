// Package relock_sibling: a method that holds its receiver's lock calls a
// sibling that takes it.
package relock_sibling

import "sync"

type Set struct {
	mu sync.Mutex
	m  map[string]bool
}

func (s *Set) Has(k string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m[k]
}

func (s *Set) Add(k string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Has(k) { // want relock: Set.mu
		return false
	}
	s.m[k] = true
	return true
}
