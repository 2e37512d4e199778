// Package gate_promoted: every caller of load holds the gate. The type that
// embeds the store has the method too, which nobody calls by that name and
// nobody outside can.
package gate_promoted

import "sync"

// want nothing

type store struct {
	gate  sync.Mutex
	rev   sync.Mutex
	batch sync.Mutex
	n     int
}

func (s *store) load() {
	s.rev.Lock()
	defer s.rev.Unlock()
	s.batch.Lock()
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
