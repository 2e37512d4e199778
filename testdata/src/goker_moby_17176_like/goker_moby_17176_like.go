// Package goker_moby_17176_like: one of the cases of a switch returns with the
// lock held.
package goker_moby_17176_like

import "sync"

type Set struct {
	sync.Mutex
	deleted int
}

func (s *Set) Cleanup() (n int) {

	// want leak: Set.Mutex
	s.Lock()
	switch n = s.deleted; {
	case n == 0:
		return 0
	case n > 10:
		s.deleted -= 10
		s.Unlock()
		return 10
	}
	s.deleted = 0
	s.Unlock()
	return n
}
