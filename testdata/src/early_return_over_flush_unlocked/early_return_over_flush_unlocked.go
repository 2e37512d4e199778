// Package early_return_over_flush_unlocked: the early return unlocks, too.
package early_return_over_flush_unlocked

// want nothing

import "sync"

type node struct {
	mu   sync.Mutex
	next *node
}

type Store struct {
	mu    sync.Mutex
	done  bool
	taken func() *node
}

// flush unlocks the nodes that somebody else has locked.
func (s *Store) flush() {
	for n := s.taken(); n != nil; n = s.taken() {
		n.mu.Unlock()
	}
}

func (s *Store) Take(n *node) {
	n.mu.Lock()
	s.taken = func() *node { return n }
}

func (s *Store) Drop() {
	s.mu.Lock()
	if s.done {
		s.mu.Unlock()
		return
	}
	s.done = true
	s.mu.Unlock()
	s.flush()
}
