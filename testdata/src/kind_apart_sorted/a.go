// Package kind_apart_sorted: connections of several kinds are of one type. The
// list of those of one kind is sorted by a generic function of another package,
// which can put nothing into it that is not there.
package kind_apart_sorted

import (
	"cmp"
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
	id   int
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
	slices.SortFunc(s.order, func(a, b *Conn) int { return cmp.Compare(a.id, b.id) })
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
