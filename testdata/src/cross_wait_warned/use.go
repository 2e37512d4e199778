// Package cross_wait_warned stops another package's goroutine under the lock that
// its function takes only if it finds a channel open, which is closed before.
// want nothing
package cross_wait_warned

import (
	"sync"

	"example.com/testdata/cross_wait_warned/fifo"
)

// A Store has its work done by a fifo.
type Store struct {
	mu   sync.Mutex
	stop chan struct{}
	f    *fifo.Fifo
	late int
}

// New makes one.
func New() *Store { return &Store{stop: make(chan struct{}), f: fifo.New()} }

// Work has something done.
func (s *Store) Work() { s.f.Do(s.putBack) }

func (s *Store) putBack() {
	select {
	case <-s.stop:
	default:
		s.mu.Lock()
		s.late++
		s.mu.Unlock()
	}
}

// Close ends it.
func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.stop)
	s.f.Stop()
}
