// Package goker_cockroach_1055_fixed: the stopper drains with its lock
// released.
package goker_cockroach_1055_fixed

import "sync"

// want nothing

type Stopper struct {
	mu       sync.Mutex
	drain    sync.WaitGroup
	draining bool
}

func (s *Stopper) Task(f func()) bool {
	s.mu.Lock()
	if s.draining {
		s.mu.Unlock()
		return false
	}
	s.drain.Add(1)
	s.mu.Unlock()
	f()
	s.drain.Done()
	return true
}

func (s *Stopper) Quiesce() {
	s.mu.Lock()
	s.draining = true
	s.mu.Unlock()
	s.drain.Wait()
}
