// Package spin_bool: a spin lock of atomic.Bool.
package spin_bool

import (
	"runtime"
	"sync"
	"sync/atomic"
)

type Slot struct {
	taken atomic.Bool
	mu    sync.Mutex
	n     int
}

func (s *Slot) Put(n int) {
	for !s.taken.CompareAndSwap(false, true) {
	}
	s.mu.Lock() // want cycle: Slot.taken Slot.mu
	s.n += n
	s.mu.Unlock()
	s.taken.Store(false)
}

func (s *Slot) Take() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		if s.taken.CompareAndSwap(false, true) {
			break
		}
		runtime.Gosched()
	}
	n, s.n = s.n, 0
	s.taken.Store(false)
	return n
}
