// Package bound_method_relocks: an object passes a method of its own to
// another of its methods, which calls it under the object's lock; the method
// takes that lock.
package bound_method_relocks

import (
	"sync"
	"time"
)

type Server struct {
	mu sync.Mutex
	n  int
}

func (s *Server) wrap(f func()) func() {
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		f()
	}
}

func (s *Server) beat() {
	s.mu.Lock() // want relock: Server.mu
	s.n++
	s.mu.Unlock()
}

func Start(s *Server) {
	time.AfterFunc(time.Second, s.wrap(s.beat))
}
