// Package chan_server_leaves_select: who is told to stop takes the lock, but
// who sends under it looks at what tells to stop too.
package chan_server_leaves_select

import "sync"

// want nothing

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
	select {
	case s.queue <- n:
		return true
	case <-s.quit:
		return false
	}
}

func (s *Session) Close() { close(s.quit) }
