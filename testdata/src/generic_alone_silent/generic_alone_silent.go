// Package generic_alone_silent: generic types that nothing in view
// instantiates, whose methods let go of the lock before they call each other
// or wait.
package generic_alone_silent

import "sync"

// want nothing

type Set[T comparable] struct {
	mu sync.Mutex
	m  map[T]bool
}

func (s *Set[T]) Add(v T) {
	if s.Has(v) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[v] = true
}

func (s *Set[T]) Has(v T) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m[v]
}

// Union takes the locks of two sets one after the other.
func (s *Set[T]) Union(t *Set[T]) {
	t.mu.Lock()
	var all []T
	for v := range t.m {
		all = append(all, v)
	}
	t.mu.Unlock()
	for _, v := range all {
		s.Add(v)
	}
}

type queue[T any] struct {
	mu  sync.Mutex
	get chan T
	n   int
}

func NewQueue[T any]() *queue[T] {
	q := &queue[T]{get: make(chan T)}
	go q.serve()
	return q
}

func (q *queue[T]) Put(v T) {
	q.mu.Lock()
	q.n++
	q.mu.Unlock()
	q.get <- v
}

func (q *queue[T]) serve() {
	for range q.get {
		q.mu.Lock()
		q.n--
		q.mu.Unlock()
	}
}
