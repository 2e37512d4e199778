// Package back_pointer_adopted_moved: a server takes in a connection, and gives
// it away to another without taking it out of its own map. What is in the map
// need not lead back.
package back_pointer_adopted_moved

import "sync"

// want nothing

type Server struct {
	mu    sync.Mutex
	conns map[int]*Conn
	open  int
}

type Conn struct {
	id     int
	server *Server
}

func Dial(id int) *Conn { return &Conn{id: id} }

func (s *Server) Add(c *Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.server = s
	s.conns[c.id] = c
	s.open++
}

// Give has another server count the connection.
func (c *Conn) Give(to *Server) { c.server = to }

func (c *Conn) close() {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.server.open--
}

// Shutdown closes what has been given away.
func (s *Server) Shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		if c.server != s {
			c.close()
		}
	}
}
