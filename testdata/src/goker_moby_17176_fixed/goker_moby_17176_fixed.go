// Package goker_moby_17176_fixed: the return for the case that there is
// nothing to do unlocks.
package goker_moby_17176_fixed

import (
	"errors"
	"sync"
)

// want nothing

type Set struct {
	sync.Mutex
	deleted int
}

func (s *Set) Cleanup() error {
	s.Lock()
	if s.deleted == 0 {
		s.Unlock()
		return nil
	}
	s.deleted = 0
	s.Unlock()
	return errors.New("some were busy")
}
