// Package goker_cockroach_25456_like: a check waits for the store to drain
// under the lock that draining takes.
package goker_cockroach_25456_like

import "sync"

type Store struct {
	mu       sync.RWMutex
	replicas int
	draining chan struct{}
}

func New() *Store { return &Store{draining: make(chan struct{})} }

func (s *Store) Check() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	<-s.draining // want wait: Store.mu Store.draining
	return s.replicas
}

func (s *Store) Drain() {
	s.mu.Lock()
	s.replicas = 0
	s.mu.Unlock()
	close(s.draining)
}
