// Package generic_alone: generic types that nothing in view instantiates, as in
// a library: the exported one locks itself again, the other waits under a lock
// for who needs it.
package generic_alone

import "sync"

type Set[T comparable] struct {
	mu sync.Mutex
	m  map[T]bool
}

func NewSet[T comparable]() *Set[T] { return &Set[T]{m: make(map[T]bool)} }

func (s *Set[T]) Add(v T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.Has(v) { // want relock: Set.mu
		s.m[v] = true
	}
}

func (s *Set[T]) Has(v T) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m[v]
}

type Queue[T any] interface{ Put(v T) }

type queue[T any] struct {
	mu  sync.Mutex
	get chan T
	n   int
}

func NewQueue[T any]() Queue[T] {
	q := &queue[T]{get: make(chan T)}
	go q.serve()
	return q
}

func (q *queue[T]) Put(v T) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.get <- v // want wait: queue.get queue.mu
}

func (q *queue[T]) serve() {
	for range q.get {
		q.mu.Lock()
		q.n++
		q.mu.Unlock()
	}
}
