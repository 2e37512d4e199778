// Package mutex_wrapper_one_order: two locks of one wrapper type, in one
// order: two classes, no peers.
package mutex_wrapper_one_order

import "sync"

// want nothing

// Mutex is a sync.Mutex that knows its holder.
type Mutex struct {
	mu     sync.Mutex
	holder string
}

func (m *Mutex) Lock() {
	m.mu.Lock()
	m.holder = "someone"
}

func (m *Mutex) Unlock() {
	m.holder = ""
	m.mu.Unlock()
}

type Client struct {
	lock Mutex
	sent int
}

type Server struct {
	lock Mutex
	seen int
}

func Send(c *Client, s *Server) {
	c.lock.Lock()
	defer c.lock.Unlock()
	s.lock.Lock()
	defer s.lock.Unlock()
	s.seen = c.sent
}

// want edge: Client.lock -> Server.lock
