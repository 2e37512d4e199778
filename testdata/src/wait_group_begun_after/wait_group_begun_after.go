// Package wait_group_begun_after: what is waited for begins after the lock was taken
// and released, and ends without it.
package wait_group_begun_after

import "sync"

// want nothing

type Stream struct {
	mu      sync.Mutex
	monitor sync.WaitGroup
	quit    chan struct{}
}

func (s *Stream) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.monitor.Add(1)
}

func (s *Stream) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.quit)
	s.monitor.Wait()
}

func (s *Stream) run() {
	defer s.monitor.Done()
	<-s.quit
}

func (s *Stream) Restart(start func(func()) bool) {
	s.Stop()
	s.begin()
	if !start(s.run) {
		s.monitor.Done()
	}
}
