// Package bound_method_other: an object passes the method of another object
// of its type to a method of its own; which calls it under its own lock. That
// the two are always taken in that order is not known.
package bound_method_other

import "sync"

type Server struct {
	mu   sync.Mutex
	peer *Server
	n    int
}

func (s *Server) locked(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *Server) beat() {
	s.mu.Lock() // want peers: Server.mu
	s.n++
	s.mu.Unlock()
}

func Beat(a, b *Server) {
	a.locked(b.beat)
}
