// Package condition_of_several_true: the caller binds the parameter to true.
package condition_of_several_true

import "sync"

// want cycle: Site.media Site.pages

type Site struct {
	pages sync.Mutex
	media sync.Mutex
	n     int
}

func (s *Site) Publish(a, b bool) { s.publish(a, b, true) }

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
