// Package gate_lock_one_caller: one of the callers does not hold the gate.
package gate_lock_one_caller

import "sync"

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

// Hide forgets the gate.
func (s *Site) Hide() { s.withdrawLocked() }

func (s *Site) publishLocked() {
	s.pages.Lock()
	defer s.pages.Unlock()
	s.media.Lock() // want cycle: Site.pages Site.media
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
