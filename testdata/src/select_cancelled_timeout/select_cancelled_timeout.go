// Package select_cancelled_timeout: under a lock a select waits for a worker that
// needs the lock before it ends, and no longer than a while.
package select_cancelled_timeout

import (
	"context"
	"sync"
	"time"
)

// want nothing

type Saver struct {
	mu     sync.Mutex
	dirty  int
	cancel context.CancelFunc
	done   chan struct{}
}

func (s *Saver) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ctx context.Context
	ctx, s.cancel = context.WithCancel(context.Background())
	s.done = make(chan struct{})
	go s.run(ctx)
}

func (s *Saver) Stop(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cancel()
	ctx, stop := context.WithTimeout(ctx, time.Second)
	defer stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.done:
	}
	return nil
}

func (s *Saver) run(ctx context.Context) {
	defer close(s.done)
	tick := time.NewTicker(time.Second)
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			s.save()
		}
	}
}

func (s *Saver) save() {
	s.mu.Lock()
	s.dirty = 0
	s.mu.Unlock()
}
