// Package ok_result_holds: a function holds the lock exactly if its result is
// true; callers that unlock on true leak nothing.
package ok_result_holds

import "sync"

// want nothing

type Slot struct {
	mu   sync.Mutex
	open bool
	n    int
}

func (s *Slot) enter() bool {
	s.mu.Lock()
	if !s.open {
		s.mu.Unlock()
		return false
	}
	return true
}

func (s *Slot) leave() { s.mu.Unlock() }

func (s *Slot) Use() {
	if !s.enter() {
		return
	}
	defer s.leave()
	s.n++
}

func (s *Slot) UseTwice() {
	for range 2 {
		if s.enter() {
			s.n++
			s.leave()
		}
	}
}
