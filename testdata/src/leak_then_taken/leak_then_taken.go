// Package leak_then_taken: who calls a function that keeps the lock takes it
// again and releases it, which does not give back what the function kept.
package leak_then_taken

import (
	"errors"
	"sync"
)

var errSealed = errors.New("sealed")

type Stream struct {
	mu     sync.Mutex
	sealed bool
	n      int
}

func (s *Stream) purge() error {
	s.mu.Lock()
	if s.sealed {
		return errSealed // want leak: Stream.mu
	}
	s.n = 0
	s.mu.Unlock()
	return nil
}

func (s *Stream) Store() {
	s.purge()
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}
