// Package chan_send_under_lock: a value is sent under a lock that the receiver
// takes between two receives.
package chan_send_under_lock

import "sync"

type Status struct {
	mu      sync.RWMutex
	updates chan int
	last    int
}

func NewStatus() *Status {
	s := &Status{updates: make(chan int)}
	go s.loop()
	return s
}

func (s *Status) loop() {
	for {
		v := <-s.updates
		s.mu.Lock()
		s.last = v
		s.mu.Unlock()
	}
}

func (s *Status) Set(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updates <- v // want wait: Status.mu Status.updates
}
