// Package published_elsewhere: as published, but where the connection is put another
// lock guards, which is given back.
package published_elsewhere

import "sync"

type Server struct {
	mu    sync.Mutex
	conns map[int]*Conn
	names *Names
}

type Names struct {
	mu sync.Mutex
	m  map[string]*Conn
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
	s.names.mu.Lock()
	s.names.m[name] = c
	s.names.mu.Unlock()
	c.notify.Lock() // want cycle: Server.mu Conn.notify
	c.id = len(s.conns)
	c.notify.Unlock()
	return c
}

// Close closes the one of a name.
func (n *Names) Close(name string) {
	n.mu.Lock()
	c := n.m[name]
	n.mu.Unlock()
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
