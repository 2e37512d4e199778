// Package leak_true_reentered: a function gives true with the lock, and without
// it to who has it already. Its callers release it.
package leak_true_reentered

import "sync"

// want nothing

type Slot struct {
	mu    sync.Mutex
	open  bool
	owner int
	depth int
}

func (s *Slot) enter(me int) bool {
	if s.depth > 0 && s.owner == me {
		s.depth++
		return true
	}
	s.mu.Lock()
	if !s.open {
		s.mu.Unlock()
		return false
	}
	s.owner, s.depth = me, 1
	return true
}

func (s *Slot) leave() {
	s.depth--
	if s.depth == 0 {
		s.mu.Unlock()
	}
}

func (s *Slot) Use(me int) {
	if s.enter(me) {
		defer s.leave()
		s.depth += 0
	}
}
