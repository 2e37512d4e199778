// Package gate_on_way_released: as gate_on_way_try, but the gate is given back
// on the way, by who took it or by a callee of its, before the second lock is
// waited for. The other side may pass the gate meanwhile.
package gate_on_way_released

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

func (s *Store) Sweep() {
	s.media.Lock()
	defer s.media.Unlock()
	s.sweep()
}

func (s *Store) sweep() {
	if !s.gate.TryLock() {
		return
	}
	s.detach()
}

// detach is called with the gate, and gives it back.
func (s *Store) detach() {
	s.n--
	s.gate.Unlock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.n--
}
