// Package user calls a package whose functions return holding, and gives the
// lock back before it takes it again.
package user

import "example.com/testdata/cross_returns_holding/holder"

// want nothing

func Twice(s *holder.Store) {
	s.Acquire()
	s.Release()
	s.Add()
}

func Tried(s *holder.Store) {
	if !s.TryAcquire() {
		s.Add()
		return
	}
	s.Release()
}

func Held(s *holder.Store) {
	release := s.Hold()
	release()
	s.Add()
}
