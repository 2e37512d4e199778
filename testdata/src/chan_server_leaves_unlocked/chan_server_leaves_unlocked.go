// Package chan_server_leaves_unlocked: who is told to stop stops without the
// lock. Whoever sends then waits for ever, but not for the lock.
package chan_server_leaves_unlocked

import "sync"

// want nothing

type Session struct {
	mu    sync.Mutex
	queue chan int
	sent  int
	quit  chan struct{}
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
			handle(0)
			return
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

func (s *Session) Close() { close(s.quit) }
