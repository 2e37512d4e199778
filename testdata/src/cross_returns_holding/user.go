// Package user calls a package whose functions return holding.
package user

import "example.com/testdata/cross_returns_holding/holder"

func Twice(s *holder.Store) {
	s.Acquire()
	defer s.Release()
	s.Add() // want relock: /holder.Store.mu
}

func Tried(s *holder.Store) {
	if s.TryAcquire() {
		s.Add() // want relock: /holder.Store.mu
		s.Release()
	}
}

func Held(s *holder.Store) {
	release := s.Hold()
	defer release()
	s.Add() // want relock: /holder.Store.mu
}
