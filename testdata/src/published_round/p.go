// Package published_round: as published, but the connection was put into the map in
// the turn before, and whoever has found it there may have its lock.
package published_round

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

// Again holds the lock of the server when it comes round, too.
func (s *Server) Again(ids []int) {
	c := &Conn{s: s}
	for _, id := range ids {
		s.mu.Lock()
		c.notify.Lock() // want cycle: Server.mu Conn.notify
		c.id = id
		c.notify.Unlock()
		s.conns[id] = c
		s.mu.Unlock()
	}
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
