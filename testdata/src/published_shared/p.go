// Package published_shared: as published, but the server has a lock for each of its
// maps, and that of the first is given back.
package published_shared

import "sync"

type Server struct {
	mu    sync.Mutex
	conns map[int]*Conn

	first  sync.Mutex
	byName map[string]*Conn
}

type Conn struct {
	s      *Server
	id     int
	notify sync.Mutex
	closed bool
}

func (s *Server) Add(name string) *Conn {
	c := &Conn{s: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.first.Lock()
	s.byName[name] = c
	s.first.Unlock()
	c.notify.Lock() // want cycle: Server.mu Conn.notify
	c.id = len(s.conns)
	c.notify.Unlock()
	return c
}

// Close closes the one of a name.
func (s *Server) Close(name string) {
	s.first.Lock()
	c := s.byName[name]
	s.first.Unlock()
	c.Close()
}

func (s *Server) remove(c *Conn) {
	s.mu.Lock()
	delete(s.conns, c.id)
	s.mu.Unlock()
}

func (c *Conn) Close() {
	c.notify.Lock()
	defer c.notify.Unlock()
	c.closed = true
	c.s.remove(c)
}
