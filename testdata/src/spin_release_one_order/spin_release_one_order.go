// Package spin_release_one_order: spin locks released with Store, Swap,
// CompareAndSwap and Add are not held after it.
package spin_release_one_order

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// want nothing

type Slot struct {
	a, b, c, d atomic.Uint32
	mu         sync.Mutex
	n          int
}

func (s *Slot) Put(n int) {
	for !s.a.CompareAndSwap(0, 1) {
		runtime.Gosched()
	}
	s.a.Store(0)
	for !s.b.CompareAndSwap(0, 1) {
		runtime.Gosched()
	}
	s.b.Swap(0)
	for !s.c.CompareAndSwap(0, 1) {
		runtime.Gosched()
	}
	s.c.CompareAndSwap(1, 0)
	for !s.d.CompareAndSwap(0, 1) {
		runtime.Gosched()
	}
	s.d.Add(^uint32(0))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n += n
}

func enter(w *atomic.Uint32) {
	for !w.CompareAndSwap(0, 1) {
		runtime.Gosched()
	}
}

func (s *Slot) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	enter(&s.a)
	enter(&s.b)
	enter(&s.c)
	enter(&s.d)
	s.n = 0
	s.d.Store(0)
	s.c.Store(0)
	s.b.Store(0)
	s.a.Store(0)
}

// want edge: Slot.mu -> Slot.a
// want no edge: Slot.a -> Slot.mu
// want no edge: Slot.b -> Slot.mu
// want no edge: Slot.c -> Slot.mu
// want no edge: Slot.d -> Slot.mu
