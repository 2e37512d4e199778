// Package spin_cas: a spin lock of compare-and-swap and store, taken in both
// orders with a mutex.
package spin_cas

import (
	"runtime"
	"sync"
	"sync/atomic"
)

type Slot struct {
	state int32
	mu    sync.Mutex
	n     int
}

func (s *Slot) Put(n int) {
	for !atomic.CompareAndSwapInt32(&s.state, 0, 1) {
		runtime.Gosched()
	}
	s.mu.Lock() // want cycle: Slot.state Slot.mu
	s.n += n
	s.mu.Unlock()
	atomic.StoreInt32(&s.state, 0)
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
