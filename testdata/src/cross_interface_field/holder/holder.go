// Package holder keeps observers in fields, and calls them with its lock held.
package holder

import "sync"

type Observer interface{ Changed() }

type Store struct {
	mu        sync.Mutex
	observers []Observer
	Hook      func()
}

func (s *Store) Register(o Observer) { s.observers = append(s.observers, o) }

func (s *Store) Add() {
	s.mu.Lock()
	defer s.mu.Unlock()
}

func (s *Store) Tell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.observers {
		o.Changed()
	}
}

func (s *Store) Run() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Hook()
}
