// Package chan_server_leaves_closed: who serves a channel takes the lock when
// the channel is closed: then nobody sends any more.
package chan_server_leaves_closed

import "sync"

// want nothing

type Session struct {
	mu    sync.Mutex
	queue chan int
	sent  int
	gone  bool
}

func NewSession() *Session {
	s := &Session{queue: make(chan int)}
	go s.serve()
	go s.serveOther(make(chan struct{}))
	return s
}

func (s *Session) serve() {
	for n := range s.queue {
		handle(n)
	}
	s.mu.Lock()
	s.gone = true
	s.mu.Unlock()
}

func (s *Session) serveOther(tick chan struct{}) {
	for {
		select {
		case n, ok := <-s.queue:
			if !ok {
				s.mu.Lock()
				s.gone = true
				s.mu.Unlock()
				return
			}
			handle(n)
		case <-tick:
		}
	}
}

func handle(int) {}

func (s *Session) Put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent++
	s.queue <- n
}

func (s *Session) Close() { close(s.queue) }
