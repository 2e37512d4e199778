// Package server_loop_dies: a loop that comes to its end, with a panic behind it, is
// part of the accident.
package server_loop_dies

import "sync"

// want nothing

type Server struct {
	mu   sync.Mutex
	jobs []int
	n    int
}

func (s *Server) Serve(bad bool) {
	if bad {
		s.mu.Lock()
		for _, n := range s.jobs {
			s.add(n)
		}
		panic("bad")
	}
	s.mu.Lock()
	s.n = 0
	s.mu.Unlock()
}

func (s *Server) add(n int) {
	s.mu.Lock()
	s.n += n
	s.mu.Unlock()
}
