// Package gate_lock_missing: two locks are taken in both orders, one of them
// without the third.
package gate_lock_missing

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
	s.pages.Lock()
	defer s.pages.Unlock()
	s.media.Lock() // want cycle: Site.pages Site.media
	defer s.media.Unlock()
	s.n++
}

func (s *Site) Withdraw() {
	s.media.Lock()
	defer s.media.Unlock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.n--
}
