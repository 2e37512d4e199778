// Package gate_lock_callers: the gate is held by all callers of the functions
// that take the two locks.
package gate_lock_callers

import "sync"

// want nothing

type Site struct {
	gate  sync.Mutex
	pages sync.Mutex
	media sync.Mutex
	n     int
}

func (s *Site) Publish() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.publishLocked()
}

func (s *Site) Republish() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.withdrawLocked()
	s.publishLocked()
}

func (s *Site) publishLocked() {
	s.pages.Lock()
	defer s.pages.Unlock()
	s.media.Lock()
	defer s.media.Unlock()
	s.n++
}

func (s *Site) withdrawLocked() {
	s.media.Lock()
	defer s.media.Unlock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.n--
}
