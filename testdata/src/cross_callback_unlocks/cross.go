// Package cross_callback_unlocks has its lock taken and given back by functions
// that another package calls.
package cross_callback_unlocks

import (
	"sync"

	"example.com/testdata/cross_callback_unlocks/each"
)

// A Set is a set.
type Set struct {
	mu sync.Mutex
	n  int
}

// Silent has given its lock back when it calls the method.
func (s *Set) Silent() {
	s.mu.Lock()
	each.Do(1, func(int) { s.mu.Unlock() })
	s.add()
}

// Loud has taken it.
func (s *Set) Loud() {
	each.Do(1, func(int) { s.mu.Lock() })
	s.add() // want relock: Set.mu
	s.mu.Unlock()
}

func (s *Set) add() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}
