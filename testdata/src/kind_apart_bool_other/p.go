// Package kind_apart_bool_other: as kind_apart_bool, but a leaf whose flag is reset is
// registered as a peer.
package kind_apart_bool_other

import "sync"

type Conn struct {
	mu   sync.Mutex
	leaf bool
	of   *Server
	n    int
}

type Server struct {
	list  sync.RWMutex
	peers map[int]*Conn
}

func Serve(s *Server) {
	leaf := &Conn{of: s, leaf: true}
	go leaf.read()
	peer := &Conn{of: s}
	go peer.read()
	s.count()
}

// read serves both kinds.
func (c *Conn) read() {
	for {
		if c.leaf {
			c.relay()
		}
		if c.n > 9 {
			c.leaf = false
			c.of.register(c)
		}
	}
}

func (s *Server) register(c *Conn) {
	s.list.Lock()
	defer s.list.Unlock()
	s.peers[len(s.peers)] = c
}

// relay is for leaves.
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
