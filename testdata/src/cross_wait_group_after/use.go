// Package cross_wait_group_after waits for another package's goroutine, which
// calls back a function that needs the lock, once it has released that.
// want nothing
package cross_wait_group_after

import (
	"sync"

	"example.com/testdata/cross_wait_group_after/worker"
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

// Close stops it after the lock.
func (s *Server) Close() {
	s.mu.Lock()
	s.n = 0
	s.mu.Unlock()
	s.w.Stop()
}
