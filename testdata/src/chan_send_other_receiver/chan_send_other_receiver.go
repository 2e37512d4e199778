// Package chan_send_other_receiver: a value is sent under a lock that its
// receiver never takes.
package chan_send_other_receiver

import "sync"

// want nothing

type Status struct {
	mu      sync.Mutex
	updates chan int
	n       int
	last    int
}

func NewStatus() *Status {
	s := &Status{updates: make(chan int)}
	go s.loop()
	return s
}

func (s *Status) loop() {
	for v := range s.updates {
		s.last = v
	}
}

func (s *Status) Set(v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.updates <- v
}
