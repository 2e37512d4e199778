// Package kind_apart_both: as kind_apart, but what holds a connection over the
// list is for peers as well, which are in the list.
package kind_apart_both

import "sync"

type Kind int

const (
	User Kind = iota
	Peer
	Leaf
)

type Conn struct {
	mu   sync.Mutex
	kind Kind
	of   *Server
	n    int
}

type Server struct {
	list  sync.RWMutex
	peers map[int]*Conn
	order []*Conn
}

func (s *Server) accept(kind Kind) *Conn {
	switch kind {
	case Peer:
		return s.peer()
	case Leaf:
		c := &Conn{of: s, kind: Leaf}
		go c.read()
		return c
	}
	c := &Conn{of: s}
	go c.read()
	return c
}

func (s *Server) peer() *Conn {
	c := &Conn{of: s, kind: Peer}
	go func() {
		c.read()
	}()
	return c
}

func Serve(s *Server) {
	s.accept(User)
	s.accept(Peer)
	s.accept(Leaf)
	s.count()
	s.Ordered()
}

// read serves connections of all kinds.
func (c *Conn) read() {
	for {
		c.process()
	}
}

func (c *Conn) process() {
	kind := c.kind
	switch kind {
	case Peer:
		c.of.register(c)
	}
	if kind != User {
		c.relay()
	}
}

func (s *Server) register(c *Conn) {
	s.list.Lock()
	defer s.list.Unlock()
	s.peers[len(s.peers)] = c
	s.order = append(s.order, c)
}

// relay is for all but users.
func (c *Conn) relay() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of.list.RLock() // want cycle: Conn.mu Server.list
	c.n = len(c.of.peers)
	c.of.list.RUnlock()
}

func (s *Server) count() (n int) {
	s.list.Lock()
	defer s.list.Unlock()
	for _, c := range s.peers {
		n += c.taken()
	}
	return n
}

func (c *Conn) taken() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func (s *Server) Ordered() (n int) {
	s.list.RLock()
	defer s.list.RUnlock()
	for _, c := range s.order {
		c.mu.Lock()
		n += c.n
		c.mu.Unlock()
	}
	return n
}
