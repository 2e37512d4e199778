// Package cross_select_cancelled puts into another package's queue under the
// lock that its goroutine needs; a context would end the wait.
package cross_select_cancelled

import (
	"context"
	"sync"

	"example.com/testdata/cross_select_cancelled/queue"
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
func (s *Sum) Add(ctx context.Context, v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.q.Put(ctx, v) // want wait: Sum.mu /queue.Queue.ch
}

// Close ends it.
func (s *Sum) Close() { s.q.Close() }
