// Package passed_down_chan: under the lock that the server needs, a request is
// sent by one who is given the channel, two calls down.
package passed_down_chan

import "sync"

type Server struct {
	mu       sync.Mutex
	requests chan int
	sum      int
}

func New() *Server {
	s := &Server{requests: make(chan int)}
	go s.serve()
	return s
}

func (s *Server) serve() {
	for n := range s.requests {
		s.mu.Lock()
		s.sum += n
		s.mu.Unlock()
	}
}

func (s *Server) Add(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ask(n)
}

func (s *Server) ask(n int) {
	if n > 0 {
		s.enqueue(n)
	}
}

func (s *Server) enqueue(n int) {
	submit(s.requests, n)
}

func submit(to chan<- int, n int) {
	to <- n // want wait: Server.mu Server.requests
}
