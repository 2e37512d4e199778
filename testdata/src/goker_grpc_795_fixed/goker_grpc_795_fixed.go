// Package goker_grpc_795_fixed: a second stop unlocks and returns.
package goker_grpc_795_fixed

import "sync"

// want nothing

type Server struct {
	mu    sync.Mutex
	drain bool
}

func (s *Server) Stop() {
	s.mu.Lock()
	if s.drain {
		s.mu.Unlock()
		return
	}
	s.drain = true
	s.mu.Unlock()
}

func StopTwice(s *Server) {
	s.Stop()
	s.Stop()
}
