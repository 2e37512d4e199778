// Package wait_rounds_in_caller: the receiver takes the lock after each value; the
// loop over the values is in its caller.
package wait_rounds_in_caller

import "sync"

type Status struct {
	mu      sync.RWMutex
	updates chan int
	pods    int
}

func (s *Status) Start() {
	go func() {
		for range 10 {
			s.next()
		}
	}()
}

func (s *Status) next() {
	n := <-s.updates
	s.apply(n)
}

func (s *Status) apply(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pods += n
}

func (s *Status) Set(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updates <- n // want wait: Status.mu Status.updates
}
