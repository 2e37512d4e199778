// Package cross_wait_group waits, with its lock held, for another package's
// goroutine, which calls back a function that needs the lock.
package cross_wait_group

import (
	"sync"

	"example.com/testdata/cross_wait_group/worker"
)

// A Server has a worker.
type Server struct {
	mu sync.Mutex
	w  *worker.Worker
	n  int
}

// New starts one.
func New() *Server {
	s := &Server{}
	s.w = worker.New(s.tick)
	s.w.Start()
	return s
}

func (s *Server) tick() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

// Close stops it under the lock.
func (s *Server) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.w.Stop() // want wait: Server.mu /worker.Worker.wg
}
