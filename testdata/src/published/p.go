// Package published: a connection's lock is taken under that of the server, into
// whose map the connection was put the line before. Nobody else has it.
package published

import "sync"

// want nothing

type Server struct {
	gate Gate

	conns struct {
		sync.RWMutex
		m map[int][]*Conn
	}
	mu   sync.Mutex
	last map[string]map[*Conn]bool
}

// A Gate lets connections in.
type Gate interface{ Admits(c *Conn) bool }

type odd struct{}

func (odd) Admits(c *Conn) bool { return c.id%2 == 1 }

type Conn struct {
	s      *Server
	id     int
	notify sync.Mutex
	closed bool
}

func New() *Server { return &Server{gate: odd{}} }

// Add keeps who closes the connection from telling before Add has told.
func (s *Server) Add(id int, told func(*Conn)) *Conn {
	c := &Conn{s: s, id: id}
	if !s.gate.Admits(c) {
		return nil
	}
	s.conns.Lock()
	if s.conns.m == nil {
		s.conns.Unlock()
		return nil
	}
	s.conns.m[id] = append(s.conns.m[id], c)
	c.notify.Lock()
	s.conns.Unlock()
	told(c)
	c.notify.Unlock()
	return c
}

// Name does the same for a map of maps.
func (s *Server) Name(name string) *Conn {
	c := &Conn{s: s}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last[name] == nil {
		s.last[name] = make(map[*Conn]bool)
	}
	s.last[name][c] = true
	c.notify.Lock()
	c.id = len(s.last[name])
	c.notify.Unlock()
	return c
}

func (s *Server) remove(c *Conn) {
	s.conns.Lock()
	delete(s.conns.m, c.id)
	s.conns.Unlock()
	s.mu.Lock()
	clear(s.last)
	s.mu.Unlock()
}

func (c *Conn) Close() {
	c.notify.Lock()
	defer c.notify.Unlock()
	c.closed = true
	c.s.remove(c)
}
