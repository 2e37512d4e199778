// Package spin_self: a spin lock is taken again by its holder.
package spin_self

import (
	"runtime"
	"sync/atomic"
)

type Slot struct {
	busy atomic.Int32
	n    int
}

func (s *Slot) enter() {
	for !s.busy.CompareAndSwap(0, 1) {
		runtime.Gosched()
	}
}

func (s *Slot) leave() { s.busy.Store(0) }

func (s *Slot) Len() int {
	s.enter()
	defer s.leave()
	return s.n
}

func (s *Slot) Put(n int) {
	s.enter()
	defer s.leave()
	s.n = s.Len() + n // want relock: Slot.busy
}
