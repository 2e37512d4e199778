// Package spin_swap: a spin lock taken with Swap and released with
// compare-and-swap.
package spin_swap

import (
	"runtime"
	"sync"
	"sync/atomic"
)

type Slot struct {
	word atomic.Uint32
	mu   sync.Mutex
	n    int
}

func (s *Slot) Put(n int) {
	for s.word.Swap(1) != 0 {
		runtime.Gosched()
	}
	s.mu.Lock() // want cycle: Slot.word Slot.mu
	s.n += n
	s.mu.Unlock()
	s.word.CompareAndSwap(1, 0)
}

func (s *Slot) Take() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.word.Swap(1) != 0 {
		runtime.Gosched()
	}
	n, s.n = s.n, 0
	s.word.CompareAndSwap(1, 0)
	return n
}
