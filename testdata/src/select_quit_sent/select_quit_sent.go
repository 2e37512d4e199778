// Package select_quit_sent: under a lock a value is sent to a server, unless
// the server is told to quit by a value, which one sends who needs no lock: he
// may send it any time.
package select_quit_sent

import "sync"

// want nothing

type Server struct {
	mu    sync.Mutex
	queue chan int
	turn  chan struct{}
	sum   int
}

func New() *Server {
	s := &Server{queue: make(chan int), turn: make(chan struct{})}
	go s.serve()
	return s
}

func (s *Server) Turn() { s.turn <- struct{}{} }

func (s *Server) Add(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.queue <- n:
	case <-s.turn:
	}
}

func (s *Server) serve() {
	for {
		select {
		case n := <-s.queue:
			s.mu.Lock()
			s.sum += n
			s.mu.Unlock()
		case <-s.turn:
		}
	}
}
