// Package taken_before_and_after_release: a callee takes a lock under its
// caller's, then releases the caller's, takes that lock again, and takes the
// caller's back.
package taken_before_and_after_release

import "sync"

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
	return s.status()
}

func (s *Server) status() int {
	s.js.mu.RLock() // want cycle: Server.mu Stream.mu
	n := s.js.n
	s.js.mu.RUnlock()
	s.update()
	return n + s.size
}

func (s *Server) update() {
	s.mu.Unlock()
	n := s.js.len()
	s.mu.Lock()
	s.size = n
}

func (j *Stream) len() int {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.n
}

func (j *Stream) Grow(s *Server) {
	j.mu.Lock()
	defer j.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size++
}
