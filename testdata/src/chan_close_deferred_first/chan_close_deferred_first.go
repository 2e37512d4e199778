// Package chan_close_deferred_first: the server closes the channel first, for
// it was deferred last, and takes the lock then.
package chan_close_deferred_first

import "sync"

// want nothing

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
	select {
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
	defer s.close()
	defer close(s.gone)
	for use(<-s.out) {
	}
}
