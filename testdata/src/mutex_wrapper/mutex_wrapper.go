// Package mutex_wrapper: a mutex type of the program's own has Lock and Unlock
// methods; its class is the field that holds it.
package mutex_wrapper

import "sync"

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
	s.lock.Lock() // want cycle: Client.lock Server.lock
	defer s.lock.Unlock()
	s.seen = c.sent
}

func Ack(c *Client, s *Server) {
	s.lock.Lock()
	defer s.lock.Unlock()
	c.lock.Lock()
	defer c.lock.Unlock()
	c.sent = s.seen
}
