// Package chan_recv_under_lock: a value is received under a lock that the
// sender takes first.
package chan_recv_under_lock

import "sync"

type Stream struct {
	mu     sync.Mutex
	wake   chan struct{}
	active int
}

func (s *Stream) KeepAlive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.active == 0 {
		<-s.wake // want wait: Stream.mu Stream.wake
	}
}

func (s *Stream) Open() {
	s.mu.Lock()
	s.active++
	s.mu.Unlock()
	s.wake <- struct{}{}
}
