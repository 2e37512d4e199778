// Package holder calls a function of its caller's with its lock held.
package holder

import "sync"

type Store struct{ mu sync.Mutex }

func (s *Store) Add() {
	s.mu.Lock()
	defer s.mu.Unlock()
}

func (s *Store) Each(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	each(f)
}

func each(f func()) { f() }
