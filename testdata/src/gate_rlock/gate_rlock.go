// Package gate_rlock: the gate is held for reading on both sides, and keeps
// nobody out.
package gate_rlock

import "sync"

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
	s.media.Lock() // want cycle: Site.pages Site.media
	defer s.media.Unlock()
	s.n++
}

func (s *Site) Withdraw() {
	s.gate.RLock()
	defer s.gate.RUnlock()
	s.media.Lock()
	defer s.media.Unlock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.n--
}
