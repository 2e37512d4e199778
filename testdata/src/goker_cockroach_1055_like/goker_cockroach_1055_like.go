// Package goker_cockroach_1055_like: the stopper drains under the lock that a
// task takes before it says that it is done.
package goker_cockroach_1055_like

import "sync"

type Stopper struct {
	mu      sync.Mutex
	drain   sync.WaitGroup
	running int
}

func (s *Stopper) Task(f func()) {
	s.mu.Lock()
	s.running++
	s.drain.Add(1)
	s.mu.Unlock()
	f()
	s.finish()
}

func (s *Stopper) finish() {
	s.mu.Lock()
	s.running--
	s.mu.Unlock()
	s.drain.Done()
}

func (s *Stopper) Quiesce() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drain.Wait() // want wait: Stopper.drain Stopper.mu
}
