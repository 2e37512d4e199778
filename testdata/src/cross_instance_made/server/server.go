// Package server serves a handler that it is made with.
package server

import "sync"

// A Handler handles.
type Handler interface{ Handle(string) }

// A Server has a handler.
type Server struct {
	mu sync.Mutex
	h  Handler
}

// New makes one.
func New(h Handler) *Server { return &Server{h: h} }

// Serve calls the handler with the lock held.
func (s *Server) Serve(x string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.h.Handle(x)
}

// Stop takes the lock.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
}
