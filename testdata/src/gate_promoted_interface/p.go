// Package gate_promoted_interface: the gate is held by all callers of load but one, who
// calls the method of the embedding type through an interface of the package.
package gate_promoted_interface

import "sync"

type store struct {
	gate  sync.Mutex
	rev   sync.Mutex
	batch sync.Mutex
	n     int
}

func (s *store) load() {
	s.rev.Lock()
	defer s.rev.Unlock()
	s.batch.Lock() // want cycle: store.batch store.rev
	defer s.batch.Unlock()
	s.n = 0
}

func (s *store) Restore() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.load()
}

func (s *store) Write() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.batch.Lock()
	defer s.batch.Unlock()
	s.rev.Lock()
	defer s.rev.Unlock()
	s.n++
}

// A Watched is an interface's value, so that its method set is complete.
type Watched struct {
	*store
	seen int
}

type Writer interface{ Write() }

func New() Writer { return &Watched{store: &store{}} }

type loader interface{ load() }

func Reload() {
	var l loader = &Watched{store: &store{}}
	again(l)
}

func again(l loader) { l.load() }
