// Package goker_cockroach_1462_fixed: the workers are told to end, and then
// waited for, without the lock that they take on their way out.
package goker_cockroach_1462_fixed

import "sync"

// want nothing

type Stopper struct {
	mu      sync.Mutex
	workers sync.WaitGroup
	done    chan struct{}
	running int
}

func NewStopper() *Stopper { return &Stopper{done: make(chan struct{})} }

func (s *Stopper) Run(events <-chan int, handle func(int)) {
	s.mu.Lock()
	s.running++
	s.mu.Unlock()
	s.workers.Add(1)
	go func() {
		defer s.workers.Done()
		for {
			select {
			case e := <-events:
				handle(e)
			case <-s.done:
				s.left()
				return
			}
		}
	}()
}

func (s *Stopper) left() {
	s.mu.Lock()
	s.running--
	s.mu.Unlock()
}

func (s *Stopper) Stop() {
	close(s.done)
	s.workers.Wait()
}
