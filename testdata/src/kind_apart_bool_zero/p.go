// Package kind_apart_bool_zero: as kind_apart_bool, but what holds a connection
// over the list is for those that are no leaves: where one is made that says so,
// or says nothing, which is the same. Those of the second kind are in the list.
package kind_apart_bool_zero

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
	user := &Conn{of: s, leaf: false}
	go user.read()
	peer := &Conn{of: s}
	s.register(peer)
	go peer.read()
	s.count()
}

// read serves all kinds.
func (c *Conn) read() {
	for {
		if c.leaf == false {
			c.relay()
		}
	}
}

func (s *Server) register(c *Conn) {
	s.list.Lock()
	defer s.list.Unlock()
	s.peers[len(s.peers)] = c
}

// relay is for all but leaves.
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
