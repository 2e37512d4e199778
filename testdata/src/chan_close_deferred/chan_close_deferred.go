// Package chan_close_deferred: what is deferred last runs first: the server
// takes the lock before it closes the channel that the lock's holder waits
// for.
package chan_close_deferred

import "sync"

type Stream struct {
	mu     sync.Mutex
	gone   chan struct{}
	out    chan int
	closed bool
}

func NewStream() *Stream { return &Stream{gone: make(chan struct{}), out: make(chan int)} }

func (s *Stream) Write(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	select { // want wait: Stream.mu Stream.gone Stream.out
	case s.out <- n:
	case <-s.gone:
	}
}

func (s *Stream) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
}

func (s *Stream) Serve(use func(int) bool) {
	defer close(s.gone)
	defer s.close()
	for use(<-s.out) {
	}
}
