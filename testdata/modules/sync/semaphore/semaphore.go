// Package semaphore stands for the library of that path in testdata.
package semaphore

import (
	"context"
	"sync"
)

type Weighted struct {
	mu   sync.Mutex
	left int64
	wake chan struct{}
}

func NewWeighted(n int64) *Weighted { return &Weighted{left: n, wake: make(chan struct{}, 1)} }

func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	for !s.TryAcquire(n) {
		select {
		case <-s.wake:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (s *Weighted) TryAcquire(n int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left < n {
		return false
	}
	s.left -= n
	return true
}

func (s *Weighted) Release(n int64) {
	s.mu.Lock()
	s.left += n
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
