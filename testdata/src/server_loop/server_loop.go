// Package server_loop: a loop that only an accident ends takes a lock twice.
package server_loop

import "sync"

type Server struct {
	mu   sync.Mutex
	jobs chan int
	quit chan int
	n    int
}

func (s *Server) Serve() {
	for {
		select {
		case n := <-s.jobs:
			if n < 0 {
				panic("no such job")
			}
			s.mu.Lock()
			s.add(n)
			s.mu.Unlock()
		case <-s.quit:
			s.n = 0
		}
	}
}

func (s *Server) add(n int) {
	s.mu.Lock() // want relock: Server.mu
	s.n += n
	s.mu.Unlock()
}
