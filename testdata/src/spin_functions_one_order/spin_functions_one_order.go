// Package spin_functions_one_order: a spin lock whose loop is in one function
// and whose store is in another, left before the mutex is taken.
package spin_functions_one_order

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// want nothing

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
	s.n += n
	s.leave()
	s.mu.Lock()
	s.n++
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

// want edge: Slot.mu -> Slot.busy
// want no edge: Slot.busy -> Slot.mu
