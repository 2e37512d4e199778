// Package gate_released_before: every caller holds the gate, and the callee
// gives it up for as long as it takes the two locks.
package gate_released_before

import "sync"

// want cycle: Site.pages Site.media

type Site struct {
	gate  sync.Mutex
	pages sync.Mutex
	media sync.Mutex
	n     int
}

func (s *Site) Publish() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.publish()
}

func (s *Site) publish() {
	s.gate.Unlock()
	s.pages.Lock()
	s.media.Lock()
	s.n++
	s.media.Unlock()
	s.pages.Unlock()
	s.gate.Lock()
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
