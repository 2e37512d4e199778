// Package relock_released_twice: the callee gives its caller's lock back, takes
// it again, and lets a helper do the same.
package relock_released_twice

import "sync"

// want nothing

type Set struct {
	mu sync.Mutex
	m  map[string]bool
}

func (s *Set) Add(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rehash()
	s.m[k] = true
}

// rehash is called with s.mu held.
func (s *Set) rehash() {
	s.mu.Unlock()
	print(s.Len())
	s.mu.Lock()
	s.grow()
}

// grow is called with s.mu held, and releases it for a while.
func (s *Set) grow() {
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
