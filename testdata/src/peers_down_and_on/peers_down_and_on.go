// Package peers_down_and_on goes down a tree by two fields, and both ways, but
// one at a time: nothing leads back to an object that is held.
package peers_down_and_on

import "sync"

type Node struct {
	mu          sync.Mutex
	left, right *Node
	size        int
}

func NewNode(l, r *Node) *Node { return &Node{left: l, right: r} }

func (n *Node) Left() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.left.mu.Lock()
	defer n.left.mu.Unlock()
	return n.left.size
}

func (n *Node) Right() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.right.mu.Lock()
	defer n.right.mu.Unlock()
	return n.right.size
}

type Span struct {
	mu     sync.Mutex
	parent *Span
	kids   []*Span
	ended  int
}

func (s *Span) Add() *Span {
	k := &Span{parent: s}
	s.mu.Lock()
	s.kids = append(s.kids, k)
	s.mu.Unlock()
	return k
}

func (s *Span) EndAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.kids {
		k.mu.Lock()
		k.ended++
		k.mu.Unlock()
	}
}

func (s *Span) End() {
	s.mu.Lock()
	s.ended++
	s.mu.Unlock()
	if s.parent != nil {
		s.parent.End()
	}
}

// want nothing
