// Package goker_cockroach_25456_fixed: whether the store drains is asked
// without waiting.
package goker_cockroach_25456_fixed

import "errors"

// want nothing

type Store struct{ draining chan struct{} }

func New() *Store { return &Store{draining: make(chan struct{})} }

func (s *Store) Check() error {
	select {
	case <-s.draining:
		return nil
	default:
		return errors.New("inconsistent")
	}
}

func (s *Store) Drain() { close(s.draining) }
