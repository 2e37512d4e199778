// Package relock_range_all: who holds the lock of one element calls a function
// that locks all of them, one after the other.
package relock_range_all

import "sync"

type Store struct {
	mu     sync.RWMutex
	blocks []*block
	lost   int
}

type block struct {
	mu    sync.Mutex
	first int
	last  int
	bad   bool
}

func (s *Store) Add(first int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocks = append(s.blocks, &block{first: first})
}

func (s *Store) find(seq int) *block {
	for _, b := range s.blocks {
		if b.first <= seq {
			return b
		}
	}
	return nil
}

func (s *Store) rebuild() {
	s.lost = 0
	for _, b := range s.blocks {
		b.mu.Lock() // want relock: block.mu
		s.lost += b.last - b.first
		b.mu.Unlock()
	}
}

func (s *Store) Remove(seq int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.find(seq)
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bad {
		s.rebuild()
	}
	b.last--
}
