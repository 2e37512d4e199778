// Package gate_lock_released: the gate is released before the second lock is
// taken.
package gate_lock_released

import "sync"

type Site struct {
	gate  sync.Mutex
	pages sync.Mutex
	media sync.Mutex
	n     int
}

func (s *Site) Publish() {
	s.gate.Lock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.gate.Unlock()
	s.media.Lock() // want cycle: Site.pages Site.media
	defer s.media.Unlock()
	s.n++
}

func (s *Site) Withdraw() {
	s.gate.Lock()
	s.media.Lock()
	defer s.media.Unlock()
	s.gate.Unlock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.n--
}
