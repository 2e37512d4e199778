// Package gate_rlock_one_side: the gate is held for reading on one side and
// for writing on the other.
package gate_rlock_one_side

import "sync"

// want nothing

type Site struct {
	gate  sync.RWMutex
	pages sync.Mutex
	media sync.Mutex
	n     int
}

func (s *Site) Publish() {
	s.gate.RLock()
	defer s.gate.RUnlock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.media.Lock()
	defer s.media.Unlock()
	s.n++
}

func (s *Site) Withdraw() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.media.Lock()
	defer s.media.Unlock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.n--
}
