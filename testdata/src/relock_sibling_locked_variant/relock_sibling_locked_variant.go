// Package relock_sibling_locked_variant: a method that holds its receiver's
// lock calls the variant of the sibling that does not take it.
package relock_sibling_locked_variant

import "sync"

// want nothing

type Set struct {
	mu sync.Mutex
	m  map[string]bool
}

func (s *Set) hasLocked(k string) bool { return s.m[k] }

func (s *Set) Has(k string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hasLocked(k)
}

func (s *Set) Add(k string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hasLocked(k) {
		return false
	}
	s.m[k] = true
	return true
}
