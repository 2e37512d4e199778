// Package conn has connections of kinds that are given where they are made.
package conn

import "sync"

type Kind int

const (
	User Kind = iota
	Peer
	Leaf
)

type conn struct {
	mu   sync.Mutex
	kind Kind
	of   *Server
	n    int
}

type Server struct {
	list  sync.Mutex
	peers []*conn
}

// Make has what makes connections, by name.
var Make = map[string]func(s *Server, kind Kind){"listed": listed}

func Serve(s *Server) {
	listed(s, Peer)
	c := &conn{of: s, kind: Leaf}
	go c.read()
	go s.count()
}

func listed(s *Server, kind Kind) {
	c := &conn{of: s, kind: kind}
	s.list.Lock()
	s.peers = append(s.peers, c)
	s.list.Unlock()
	go c.read()
}

func (c *conn) read() {
	if c.kind == Leaf {
		c.relay()
	}
}

// relay is for leaves.
func (c *conn) relay() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of.list.Lock()
	c.n = len(c.of.peers)
	c.of.list.Unlock()
}

func (s *Server) count() (n int) {
	s.list.Lock()
	defer s.list.Unlock()
	for _, c := range s.peers {
		c.mu.Lock()
		n += c.n
		c.mu.Unlock()
	}
	return n
}
