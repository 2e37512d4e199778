// Package spin_functions: a spin lock whose loop is in one function and whose
// store is in another.
package spin_functions

import (
	"runtime"
	"sync"
	"sync/atomic"
)

type Slot struct {
	busy atomic.Int32
	mu   sync.Mutex
	n    int
}

func (s *Slot) enter() {
	for !s.busy.CompareAndSwap(0, 1) {
		runtime.Gosched()
	}
}

func (s *Slot) leave() { s.busy.Store(0) }

func (s *Slot) Put(n int) {
	s.enter()
	defer s.leave()
	s.mu.Lock() // want cycle: Slot.busy Slot.mu
	s.n += n
	s.mu.Unlock()
}

func (s *Slot) Take() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.enter()
	defer s.leave()
	n, s.n = s.n, 0
	return n
}
