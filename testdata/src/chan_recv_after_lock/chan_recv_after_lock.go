// Package chan_recv_after_lock: the value is received after the lock is
// released, and sent after it.
package chan_recv_after_lock

import "sync"

// want nothing

type Stream struct {
	mu     sync.Mutex
	wake   chan struct{}
	active int
}

func (s *Stream) KeepAlive() {
	s.mu.Lock()
	idle := s.active == 0
	s.mu.Unlock()
	if idle {
		<-s.wake
	}
}

func (s *Stream) Open() {
	s.mu.Lock()
	s.active++
	s.mu.Unlock()
	s.wake <- struct{}{}
}
