// Package spin_cas_one_order: a spin lock of compare-and-swap and store, taken
// in one order with a mutex.
package spin_cas_one_order

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// want nothing

type Slot struct {
	state int32
	mu    sync.Mutex
	n     int
}

func (s *Slot) Put(n int) {
	for !atomic.CompareAndSwapInt32(&s.state, 0, 1) {
		runtime.Gosched()
	}
	s.n += n
	atomic.StoreInt32(&s.state, 0)
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

func (s *Slot) Take() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !atomic.CompareAndSwapInt32(&s.state, 0, 1) {
		runtime.Gosched()
	}
	n := s.n
	s.n = 0
	atomic.StoreInt32(&s.state, 0)
	return n
}

// want edge: Slot.mu -> Slot.state
// want no edge: Slot.state -> Slot.mu
