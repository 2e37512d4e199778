// Package select_quit: under a lock a value is sent to a server that takes the
// lock between two of them, unless the server is told to quit.
package select_quit

import "sync"

type Server struct {
	mu    sync.Mutex
	queue chan int
	quit  chan struct{}
	sum   int
}

func New() *Server {
	s := &Server{queue: make(chan int), quit: make(chan struct{})}
	go s.serve()
	return s
}

func (s *Server) Close() { close(s.quit) }

func (s *Server) Add(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select { // want wait: Server.mu Server.queue
	case s.queue <- n:
	case <-s.quit:
	}
}

func (s *Server) serve() {
	for {
		select {
		case n := <-s.queue:
			s.mu.Lock()
			s.sum += n
			s.mu.Unlock()
		case <-s.quit:
			return
		}
	}
}
