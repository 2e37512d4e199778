// Package lockfree_flag: a status that is set once and never set back is no
// lock.
package lockfree_flag

import (
	"sync"
	"sync/atomic"
)

// want nothing

type Service struct {
	state atomic.Int32
	mu    sync.Mutex
	n     int
}

func (s *Service) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	for s.state.Load() == 0 {
		if s.state.CompareAndSwap(0, 1) {
			break
		}
	}
}

func (s *Service) Started() bool {
	if s.state.Load() == 0 {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n > 0
}
