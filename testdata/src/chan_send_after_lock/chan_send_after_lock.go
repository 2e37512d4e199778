// Package chan_send_after_lock: the value is sent after the lock is released.
package chan_send_after_lock

import "sync"

// want nothing

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
	s.last = v
	s.mu.Unlock()
	s.updates <- v
}
