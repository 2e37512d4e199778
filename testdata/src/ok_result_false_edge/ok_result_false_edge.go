// Package ok_result_false_edge: where the result is false nothing is held, and
// only there the other lock is taken.
package ok_result_false_edge

import "sync"

// want nothing

type Slot struct {
	mu   sync.Mutex
	open bool
	n    int
}

type Board struct {
	mu       sync.Mutex
	rejected int
}

func (s *Slot) enter() (n int, ok bool) {
	s.mu.Lock()
	if !s.open {
		s.mu.Unlock()
		return 0, false
	}
	return s.n, true
}

func Use(s *Slot, b *Board) {
	if _, ok := s.enter(); !ok {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.rejected++
		return
	}
	s.n++
	s.mu.Unlock()
}

func Reset(s *Slot, b *Board) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n, b.rejected = 0, 0
}

// want no edge: Slot.mu -> Board.mu
