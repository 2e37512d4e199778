// Package peers_parent_child: two instances of one class are taken from parent
// to child only.
package peers_parent_child

import "sync"

// want nothing

type Span struct {
	mu     sync.Mutex
	parent *Span
	kids   []*Span
	ended  bool
}

func (s *Span) Start() *Span {
	k := &Span{parent: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kids = append(s.kids, k)
	return k
}

func (s *Span) End() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	for _, k := range s.kids {
		k.mu.Lock()
		k.ended = true
		k.mu.Unlock()
	}
}
