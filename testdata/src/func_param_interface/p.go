// Package func_param_interface: a function is handed on through the method of
// an interface to another such method, which calls it.
package func_param_interface

import "sync"

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
	s.chain.apply(s.count)
}

func (s *Store) count() {
	s.mu.Lock() // want relock: Store.mu
	s.n++
	s.mu.Unlock()
}
