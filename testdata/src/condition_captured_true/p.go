// Package condition_captured_true: a condition of several parts, and the context
// binds none to false. It is read by a closure too, and so has a variable of
// its own.
package condition_captured_true

import "sync"

type Site struct {
	pages sync.Mutex
	media sync.Mutex
	queue []int
}

func (s *Site) Publish(a, b bool) { s.publish(a, b, true) }

func (s *Site) publish(a, b, lock bool) {
	s.pages.Lock()
	defer s.pages.Unlock()
	all := a && b && lock
	keep := func(n int) {
		if all {
			s.queue = append(s.queue, n)
		}
	}
	keep(1)
	if all {
		s.countMedia() // want cycle: Site.media Site.pages
	}
}

func (s *Site) countMedia() {
	s.media.Lock()
	s.queue = nil
	s.media.Unlock()
}

func (s *Site) Withdraw() {
	s.media.Lock()
	defer s.media.Unlock()
	s.pages.Lock()
	defer s.pages.Unlock()
	s.queue = nil
}
