// Package gate_on_way_try: as gate_on_way, but the gate on the way is taken by
// an attempt, for which nobody waits.
package gate_on_way_try

import "sync"

// want nothing

type Store struct {
	gate  sync.Mutex
	pages sync.Mutex
	media sync.Mutex
	n     int
}

func (s *Store) Publish() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.attach()
}

func (s *Store) attach() {
	s.media.Lock()
	defer s.media.Unlock()
	s.n++
}

func (s *Store) Sweep() {
	s.media.Lock()
	defer s.media.Unlock()
	s.sweep()
}

func (s *Store) sweep() {
	if !s.gate.TryLock() {
		return
	}
	defer s.gate.Unlock()
	s.detach()
}

func (s *Store) detach() {
	s.pages.Lock()
	defer s.pages.Unlock()
	s.n--
}

// want edge: Store.media -> Store.pages
