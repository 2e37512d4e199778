// Package condition_of_several: one of the parts of a condition is a parameter that the
// only caller binds to false.
package condition_of_several

import "sync"

// want nothing

type Site struct {
	pages sync.Mutex
	media sync.Mutex
	n     int
}

func (s *Site) Publish(a, b bool) { s.publish(a, b, false) }

func (s *Site) publish(a, b, lock bool) {
	s.pages.Lock()
	defer s.pages.Unlock()
	all := a && b && lock
	s.n++
	if all {
		s.countMedia()
	}
}

func (s *Site) countMedia() {
	s.media.Lock()
	s.n++
	s.media.Unlock()
}

func (s *Site) Withdraw() {
	s.media.Lock()
	defer s.media.Unlock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.n--
}
