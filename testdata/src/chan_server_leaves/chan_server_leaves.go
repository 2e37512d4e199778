// Package chan_server_leaves: who serves a channel is told to stop, and takes
// the lock under which others send to it still.
package chan_server_leaves

import "sync"

type Session struct {
	mu     sync.Mutex
	queue  chan int
	closed bool
	quit   chan struct{}
}

func NewSession() *Session {
	s := &Session{queue: make(chan int), quit: make(chan struct{})}
	go s.serve()
	return s
}

func (s *Session) serve() {
	for {
		select {
		case n := <-s.queue:
			handle(n)
		case <-s.quit:
			s.mu.Lock()
			s.closed = true
			s.mu.Unlock()
			return
		}
	}
}

func handle(int) {}

func (s *Session) Put(n int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.queue <- n // want wait: Session.mu Session.queue
	return true
}

func (s *Session) Close() { close(s.quit) }
