// Package wait_one_round: the receiver takes the lock after the one value that it
// receives.
package wait_one_round

import "sync"

// want nothing

type Status struct {
	mu      sync.Mutex
	updates chan int
	pods    int
}

func (s *Status) start() { go s.next() }

func (s *Status) next() {
	n := <-s.updates
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pods += n
}

func (s *Status) Set(n int) {
	s.start()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updates <- n
}
