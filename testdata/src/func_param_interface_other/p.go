// Package func_param_interface_other: what is handed on under the lock does not
// take it; what takes it is handed on without.
package func_param_interface_other

import "sync"

// want nothing

type applier interface{ apply(f func()) }

type checked struct{ inner applier }

func (c checked) apply(f func()) { c.inner.apply(f) }

type direct struct{ n int }

func (d *direct) apply(f func()) {
	d.n++
	f()
}

type Store struct {
	mu    sync.Mutex
	chain applier
	n     int
}

func New() *Store { return &Store{chain: checked{&direct{}}} }

func (s *Store) Add() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chain.apply(func() { s.n++ })
}

func (s *Store) Count() { s.chain.apply(s.count) }

func (s *Store) count() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}
