// Package relock_range_removed comes to all elements that are left when the one
// whose lock is held has been taken out; and to a part of them.
package relock_range_removed

import "sync"

// want nothing

type Server struct {
	mu    sync.Mutex
	conns map[int]*conn
	list  []*conn
}

type conn struct {
	mu     sync.Mutex
	id     int
	closed bool
}

func (s *Server) Add(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns[c.id] = c
	s.list = append(s.list, c)
}

func (s *Server) Remove(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.conns[id]
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(s.conns, id)
	c.closed = true
	s.tell()
}

func (s *Server) tell() {
	for _, c := range s.conns {
		c.mu.Lock()
		c.closed = false
		c.mu.Unlock()
	}
}

func (s *Server) First() {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.list[0]
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range s.list[1:] {
		d.mu.Lock()
		d.closed = c.closed
		d.mu.Unlock()
	}
}

func (s *Server) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.list[len(s.list)-1]
	c.mu.Lock()
	defer c.mu.Unlock()
	s.list = s.list[:len(s.list)-1]
	s.drop()
}

func (s *Server) drop() {
	for i := 0; i < len(s.list); i++ {
		s.list[i].mu.Lock()
		s.list[i].closed = true
		s.list[i].mu.Unlock()
	}
}
