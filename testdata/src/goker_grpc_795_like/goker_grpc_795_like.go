// Package goker_grpc_795_like: where an early path should unlock it locks.
package goker_grpc_795_like

import "sync"

type Server struct {
	mu    sync.Mutex
	drain bool
	n     int
}

func (s *Server) Stop() {
	s.mu.Lock()
	if !s.drain {
		s.drain = true
		s.mu.Unlock()
		return
	}
	s.n++
	s.mu.Lock() // want relock: Server.mu
}
