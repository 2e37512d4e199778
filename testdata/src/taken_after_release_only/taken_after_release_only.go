// Package taken_after_release_only: a callee releases its caller's lock before
// it takes another, and takes it back.
package taken_after_release_only

import "sync"

// want nothing

type Stream struct {
	mu sync.RWMutex
	n  int
}

type Server struct {
	mu   sync.Mutex
	js   *Stream
	size int
}

func (s *Server) Status() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.update()
	return s.size
}

func (s *Server) update() {
	s.mu.Unlock()
	s.js.mu.RLock()
	n := s.js.n
	s.js.mu.RUnlock()
	s.mu.Lock()
	s.size = n
}

func (j *Stream) Grow(s *Server) {
	j.mu.Lock()
	defer j.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size++
}
