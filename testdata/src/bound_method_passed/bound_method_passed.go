// Package bound_method_passed: an object passes a method of its own to another
// of its methods, which calls it later under the object's lock; the method
// lets go of the lock while it waits, and takes it again.
package bound_method_passed

import (
	"sync"
	"time"
)

// want nothing

type Server struct {
	mu    sync.Mutex
	sendq chan int
	n     int
}

func (s *Server) wrap(f func()) func() {
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.sendq != nil {
			f()
		}
	}
}

// beat is called with the lock held.
func (s *Server) beat() {
	n := s.n
	s.mu.Unlock()
	s.sendq <- n
	s.mu.Lock()
	s.n++
}

func (s *Server) loop() {
	for n := range s.sendq {
		s.mu.Lock()
		s.n -= n
		s.mu.Unlock()
	}
}

func Start() *Server {
	s := &Server{sendq: make(chan int)}
	go s.loop()
	time.AfterFunc(time.Second, s.wrap(s.beat))
	return s
}
