// Package cross_select_quit_sent puts into another package's queue under the
// lock that its goroutine needs, but somebody may have it go on.
// want nothing
package cross_select_quit_sent

import (
	"sync"

	"example.com/testdata/cross_select_quit_sent/queue"
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
	s.q.Put(v)
}

// Close ends it.
func (s *Sum) Close() { s.q.Close() }
