// Package holder returns holding, in three ways.
package holder

import "sync"

type Store struct{ mu sync.Mutex }

func (s *Store) Acquire() { s.mu.Lock() }

func (s *Store) Release() { s.mu.Unlock() }

func (s *Store) TryAcquire() bool { return s.mu.TryLock() }

func (s *Store) Hold() (release func()) {
	s.mu.Lock()
	return func() { s.mu.Unlock() }
}

func (s *Store) Add() {
	s.mu.Lock()
	defer s.mu.Unlock()
}
