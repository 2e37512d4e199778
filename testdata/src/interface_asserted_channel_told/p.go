// Package interface_asserted_channel_told: as interface_asserted_channel, but what is
// received from the queue is asserted to be a Handler: of what has a name, none
// takes a lock.
package interface_asserted_channel_told

import "sync"

// want nothing

// Handler does what there is to do.
type Handler interface{ Receive(n int) }

// Named is what has a name, as queues do.
type Named interface{ Name() string }

// A Queue is for users, who fill it.
type Queue chan Named

func (q Queue) Name() string { return "queue" }

type Server struct {
	mu    sync.Mutex
	queue Named

	stats sync.Mutex
	n     int
}

func New(q Queue) *Server { return &Server{queue: q} }

// Count is for users.
func Count(s *Server) Handler { return (*counter)(s) }

// Serve does the next under the lock.
func (s *Server) Serve() {
	h, ok := (<-s.queue.(Queue)).(Handler)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h.Receive(1)
}

// Report holds the locks the other way round.
func (s *Server) Report() int {
	s.stats.Lock()
	defer s.stats.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

type counter Server

func (c *counter) Receive(n int) {
	s := (*Server)(c)
	s.stats.Lock()
	defer s.stats.Unlock()
	s.n += n
}
