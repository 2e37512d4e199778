// Package leak_stored_closure: the lock is released by a closure that is
// stored in the result.
package leak_stored_closure

import "sync"

// want nothing

type Volume struct {
	mu    sync.Mutex
	ready bool
	n     int
}

type Handle struct{ done func() }

func (v *Volume) Open() *Handle {
	v.mu.Lock()
	if !v.ready {
		v.mu.Unlock()
		return nil
	}
	return &Handle{done: func() { v.mu.Unlock() }}
}

func (h *Handle) Close() { h.done() }
