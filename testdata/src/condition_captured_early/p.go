// Package condition_captured_early: a variable that a closure shares is read
// before it gets its one value, and the zero that it has there is not what it
// becomes.
package condition_captured_early

import "sync"

type Site struct {
	pages sync.Mutex
	media sync.Mutex
	n     int
}

func (s *Site) Publish(more bool) {
	s.pages.Lock()
	defer s.pages.Unlock()
	var quiet bool
	show := func() bool { return !quiet }
	for more {
		if !quiet {
			s.countMedia() // want cycle: Site.media Site.pages
		}
		more = show()
	}
	quiet = true
	if !quiet {
		s.n++
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
