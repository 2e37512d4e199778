// Package published_registered: as published, but the connection was registered
// before, by a function behind an interface.
package published_registered

import "sync"

type Server struct {
	mu    sync.Mutex
	conns map[int]*Conn
	all   Registry
}

type Registry interface{ Register(c *Conn) }

type list struct {
	mu    sync.Mutex
	conns []*Conn
}

func (l *list) Register(c *Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns = append(l.conns, c)
}

func New() *Server { return &Server{all: &list{}} }

type Conn struct {
	s      *Server
	id     int
	notify sync.Mutex
	closed bool
}

func (s *Server) Add(id int) *Conn {
	c := &Conn{s: s, id: id}
	s.all.Register(c)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns[id] = c
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
