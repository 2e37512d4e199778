// Package peers_parent_child_both_ways: two instances of one class are taken
// from parent to child and from child to parent.
package peers_parent_child_both_ways

import "sync"

type Span struct {
	mu     sync.Mutex
	parent *Span
	kids   []*Span
	ended  bool
}

func (s *Span) End() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	for _, k := range s.kids {
		k.mu.Lock() // want peers: Span.mu
		k.ended = true
		k.mu.Unlock()
	}
}

func (s *Span) Detach() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.parent.mu.Lock()
	defer s.parent.mu.Unlock()
	s.parent.kids = nil
}

func (s *Span) Add() *Span {
	k := &Span{parent: s}
	s.mu.Lock()
	s.kids = append(s.kids, k)
	s.mu.Unlock()
	return k
}
