// Package wait_warned_late waits under its lock for a goroutine that takes it
// only if it finds a channel open, and closes that when it has waited.
package wait_warned_late

import "sync"

// A Store has work done by a goroutine, which puts back under the lock what it
// has no time for.
type Store struct {
	mu   sync.Mutex
	stop chan struct{}
	quit chan struct{}
	done chan struct{}
	work chan int
	late []int
}

// New starts one.
func New() *Store {
	s := &Store{stop: make(chan struct{}), quit: make(chan struct{}), done: make(chan struct{}), work: make(chan int)}
	go s.run()
	return s
}

func (s *Store) run() {
	defer close(s.done)
	for {
		select {
		case v := <-s.work:
			s.putBack(v)
		case <-s.quit:
			return
		}
	}
}

func (s *Store) putBack(v int) {
	select {
	case <-s.stop:
	default:
		s.mu.Lock()
		s.late = append(s.late, v)
		s.mu.Unlock()
	}
}

// Close ends it.
func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.quit)
	<-s.done // want wait: Store.mu Store.done
	close(s.stop)
}
