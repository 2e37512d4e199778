// Package kind_apart_deleted: connections of several kinds are of one type. Of
// the list of those of one kind generic functions of another package make
// others, which take its place.
package kind_apart_deleted

import (
	"slices"
	"sync"
)

// want nothing

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
	case Leaf:
		c.relay()
	case User:
	}
}

func (s *Server) register(c *Conn) {
	s.list.Lock()
	defer s.list.Unlock()
	s.peers[len(s.peers)] = c
	s.order = append(s.order, c)
	s.order = slices.DeleteFunc(s.order, func(c *Conn) bool { return c.of == nil })
}

// relay is for leaves.
func (c *Conn) relay() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of.list.RLock()
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

// Both lists connections of two kinds.
func (s *Server) Both() []*Conn {
	all := make([]*Conn, 2)
	all[0], all[1] = s.peer(), s.accept(Leaf)
	return all
}
