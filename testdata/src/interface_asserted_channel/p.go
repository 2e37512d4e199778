// Package interface_asserted_channel: a queue is asserted, not what is received from
// it. What a queue holds need not have a name.
package interface_asserted_channel

import "sync"

// Handler does what there is to do.
type Handler interface{ Attend(n int) }

// Named is what has a name, as queues do.
type Named interface{ Name() string }

// A Queue is for users, who fill it.
type Queue chan Handler

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
	h := <-s.queue.(Queue)
	s.mu.Lock()
	defer s.mu.Unlock()
	h.Attend(1) // want cycle: Server.mu Server.stats
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

func (c *counter) Attend(n int) {
	s := (*Server)(c)
	s.stats.Lock()
	defer s.stats.Unlock()
	s.n += n
}
