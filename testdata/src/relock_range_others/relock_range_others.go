// Package relock_range_others: the loop leaves out the element whose lock is held.
package relock_range_others

import "sync"

// want nothing

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

func (s *Store) rebuild(held *block) {
	s.lost = 0
	for _, b := range s.blocks {
		if b == held {
			continue
		}
		b.mu.Lock()
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
		s.rebuild(b)
	}
	b.last--
}
