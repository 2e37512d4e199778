// Package holder calls an observer with its lock held.
package holder

import "sync"

type Observer interface{ Changed() }

type Store struct{ mu sync.Mutex }

func (s *Store) Add() {
	s.mu.Lock()
	defer s.mu.Unlock()
}

func (s *Store) Notify(o Observer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	notify(o)
}

func notify(o Observer) { o.Changed() }
