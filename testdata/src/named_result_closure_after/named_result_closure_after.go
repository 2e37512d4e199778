// Package named_result_closure_after: a function with named results and a
// defer returns a closure that locks; its caller calls it without that lock.
package named_result_closure_after

import "sync"

// want nothing

type Service struct {
	mu      sync.Mutex // guards running
	life    sync.Mutex // guards exits
	running int
	exits   map[int]int
}

func (s *Service) prepare() (started, cleanup func(pid int)) {
	s.life.Lock()
	defer s.life.Unlock()
	s.exits[0]++
	started = func(pid int) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.running++
	}
	cleanup = func(pid int) {
		s.life.Lock()
		defer s.life.Unlock()
		delete(s.exits, pid)
	}
	return started, cleanup
}

func (s *Service) Create(pid int) {
	s.mu.Lock()
	started, cleanup := s.prepare()
	defer cleanup(pid)
	s.mu.Unlock()
	started(pid)
}
