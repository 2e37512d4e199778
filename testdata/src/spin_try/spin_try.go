// Package spin_try: a compare-and-swap that is tried once takes the word if it
// succeeds, and waits for nobody.
package spin_try

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

func (s *Slot) Put(n int) {
	for !s.busy.CompareAndSwap(0, 1) {
		runtime.Gosched()
	}
	s.mu.Lock()
	s.n += n
	s.mu.Unlock()
	s.busy.Store(0)
}

func (s *Slot) Take() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.busy.CompareAndSwap(0, 1) {
		return 0
	}
	n, s.n = s.n, 0
	s.busy.Store(0)
	return n
}
