// Package cross_select_quit puts into another package's queue under the
// lock that its goroutine needs; closing it would end both.
package cross_select_quit

import (
	"sync"

	"example.com/testdata/cross_select_quit/queue"
)

// A Sum adds up what it is sent.
type Sum struct {
	mu sync.Mutex
	q  *queue.Queue
	n  int
}

// New starts one.
func New() *Sum {
	s := &Sum{}
	s.q = queue.New(s.add)
	return s
}

func (s *Sum) add(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n += v
}

// Add puts a value in.
func (s *Sum) Add(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q.Put(v) // want wait: Sum.mu /queue.Queue.ch
}

// Close ends it.
func (s *Sum) Close() { s.q.Close() }
