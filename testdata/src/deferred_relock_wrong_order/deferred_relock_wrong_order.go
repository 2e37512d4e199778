// Package deferred_relock_wrong_order: the caller's lock is taken again while
// the other is still held, because the deferred calls run in that order.
package deferred_relock_wrong_order

import "sync"

type Server struct {
	mu    sync.Mutex
	conns int
}

type Hub struct {
	mu sync.Mutex
	n  int
}

func (s *Server) Accept(h *Hub) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notifyLocked(h)
}

func (s *Server) notifyLocked(h *Hub) {
	h.mu.Lock() // want cycle: Server.mu Hub.mu
	defer h.mu.Unlock()
	h.n++
	s.mu.Unlock()
	defer s.mu.Lock()
	s.conns++
}
