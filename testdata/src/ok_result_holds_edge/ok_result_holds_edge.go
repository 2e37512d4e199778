// Package ok_result_holds_edge: a function that holds the lock if its second
// result is true is called in both orders with another lock.
package ok_result_holds_edge

import "sync"

type Slot struct {
	mu   sync.Mutex
	open bool
	n    int
}

type Board struct {
	mu   sync.Mutex
	used int
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
	n, ok := s.enter()
	if !ok {
		return
	}
	b.mu.Lock() // want cycle: Slot.mu Board.mu
	b.used += n
	b.mu.Unlock()
	s.mu.Unlock()
}

func Reset(s *Slot, b *Board) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n, b.used = 0, 0
}
