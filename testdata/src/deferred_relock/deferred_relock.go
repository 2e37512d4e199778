// Package deferred_relock: deferred calls run last first: the other lock is
// released before the caller's is taken again.
package deferred_relock

import "sync"

// want nothing

type Server struct {
	mu    sync.Mutex
	conns int
}

type Hub struct {
	mu  sync.Mutex
	srv *Server
	n   int
}

func (s *Server) Accept(h *Hub) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns++
	s.notifyLocked(h)
}

func (s *Server) notifyLocked(h *Hub) {
	s.mu.Unlock()
	defer s.mu.Lock()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n++
}

// Count takes the server's lock under the hub's, the only nested order.
func (h *Hub) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.srv.mu.Lock()
	defer h.srv.mu.Unlock()
	return h.n + h.srv.conns
}

// want edge: Hub.mu -> Server.mu
// want no edge: Server.mu -> Hub.mu
