// Package named_result_closure: a function with named results and a defer
// returns a closure that locks; its caller calls it with that lock held.
package named_result_closure

import "sync"

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
		s.life.Lock()
		n, exited := s.exits[pid]
		s.life.Unlock()
		if exited {
			s.exit(n)
		}
	}
	cleanup = func(pid int) {
		s.life.Lock()
		defer s.life.Unlock()
		delete(s.exits, pid)
	}
	return started, cleanup
}

func (s *Service) exit(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running -= n
}

func (s *Service) Create(pid int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	started, cleanup := s.prepare()
	defer cleanup(pid)
	started(pid) // want relock: Service.mu
}

func (s *Service) Start(pid int) {
	started, cleanup := s.prepare()
	defer cleanup(pid)
	started(pid)
}
