// Package gate_lock: two locks are taken in both orders, in one function each,
// always under a third.
package gate_lock

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

// want edge: Site.pages -> Site.media
// want edge: Site.media -> Site.pages
