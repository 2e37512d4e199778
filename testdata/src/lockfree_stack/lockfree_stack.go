// Package lockfree_stack: the push and pop of a lock-free stack lock nothing.
package lockfree_stack

import (
	"sync"
	"sync/atomic"
)

// want nothing

type node struct {
	next *node
	v    int
}

type Stack struct {
	head atomic.Pointer[node]
	mu   sync.Mutex
	pops int
}

func (s *Stack) Push(v int) {
	n := &node{v: v}
	for {
		old := s.head.Load()
		n.next = old
		if s.head.CompareAndSwap(old, n) {
			break
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pops--
}

func (s *Stack) Pop() (int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		old := s.head.Load()
		if old == nil {
			return 0, false
		}
		if s.head.CompareAndSwap(old, old.next) {
			s.pops++
			return old.v, true
		}
	}
}

// want no edge: Stack.mu -> Stack.head
// want no edge: Stack.head -> Stack.mu
