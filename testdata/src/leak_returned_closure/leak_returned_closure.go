// Package leak_returned_closure: the lock is released by a closure that is
// returned, on the path that holds.
package leak_returned_closure

import (
	"errors"
	"sync"
)

// want nothing

type Volume struct {
	mu    sync.Mutex
	ready bool
	n     int
}

func (v *Volume) Begin() (end func(), err error) {
	v.mu.Lock()
	if !v.ready {
		v.mu.Unlock()
		return nil, errors.New("not ready")
	}
	return func() { v.mu.Unlock() }, nil
}
