// Package select_quit_reply: under a lock a value is sent to a server that takes
// the lock between two of them, unless somebody else, who does not need the
// lock, is done with it before. The server knows nothing of that.
package select_quit_reply

import "sync"

// want nothing

type Job struct{ done chan struct{} }

type Server struct {
	mu    sync.Mutex
	queue chan *Job
	quit  chan struct{}
	sum   int
}

func New() *Server {
	s := &Server{queue: make(chan *Job), quit: make(chan struct{})}
	go s.serve()
	return s
}

func (s *Server) Close() { close(s.quit) }

func (j *Job) Finish() { close(j.done) }

func (s *Server) Add(j *Job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.queue <- j:
	case <-j.done:
	}
}

func (s *Server) serve() {
	for {
		select {
		case <-s.queue:
			s.mu.Lock()
			s.sum++
			s.mu.Unlock()
		case <-s.quit:
			return
		}
	}
}
