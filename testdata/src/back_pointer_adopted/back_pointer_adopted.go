// Package back_pointer_adopted: a server takes in a connection that others have
// made: it sets the way back, and puts it into its map. Under its lock it has
// all of them close, each of which locks the server again.
package back_pointer_adopted

import "sync"

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

func (c *Conn) close() {
	c.server.mu.Lock() // want relock: Server.mu
	defer c.server.mu.Unlock()
	c.server.open--
}

func (s *Server) Shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		c.close()
	}
}
