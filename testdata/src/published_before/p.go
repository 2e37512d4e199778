// Package published_before: as published, but the server's lock is given back
// between, and whoever finds the connection then may have its lock.
package published_before

import "sync"

type Server struct {
	mu    sync.Mutex
	conns map[int]*Conn
}

type Conn struct {
	s      *Server
	id     int
	notify sync.Mutex
	closed bool
}

func (s *Server) Add(id int) *Conn {
	c := &Conn{s: s, id: id}
	s.mu.Lock()
	s.conns[id] = c
	s.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	c.notify.Lock() // want cycle: Server.mu Conn.notify
	c.id = len(s.conns)
	c.notify.Unlock()
	return c
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
