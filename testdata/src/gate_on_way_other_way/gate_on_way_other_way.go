// Package gate_on_way_other_way: as gate_on_way_try, but another way leads to
// the second lock, without the gate.
package gate_on_way_other_way

import "sync"

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
	s.attach() // want cycle: Store.pages Store.media
}

func (s *Store) attach() {
	s.media.Lock()
	defer s.media.Unlock()
	s.n++
}

func (s *Store) Sweep(all bool) {
	s.media.Lock()
	defer s.media.Unlock()
	s.sweep(all)
}

func (s *Store) sweep(all bool) {
	if all {
		lock(&s.pages)
		s.n = 0
		s.pages.Unlock()
		return
	}
	if !s.gate.TryLock() {
		return
	}
	defer s.gate.Unlock()
	s.detach()
}

func lock(mu *sync.Mutex) { mu.Lock() }

func (s *Store) detach() {
	s.pages.Lock()
	defer s.pages.Unlock()
	s.n--
}
