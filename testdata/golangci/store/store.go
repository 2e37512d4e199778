// Package store calls its observers with its lock held.
package store

import "sync"

type Observer interface{ Changed() }

type Store struct {
	mu        sync.Mutex
	observers []Observer
}

func (s *Store) Register(o Observer) { s.observers = append(s.observers, o) }

func (s *Store) Add() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.observers {
		o.Changed()
	}
}
