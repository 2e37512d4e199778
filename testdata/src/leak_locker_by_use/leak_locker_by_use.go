// Package leak_locker_by_use: a function returns with the lock held on some
// paths, and its callers release it there.
package leak_locker_by_use

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

func (v *Volume) begin() error {
	v.mu.Lock()
	if !v.ready {
		v.mu.Unlock()
		return errors.New("not ready")
	}
	return nil
}

func (v *Volume) Grow() error {
	if err := v.begin(); err != nil {
		return err
	}
	v.n++
	v.mu.Unlock()
	return nil
}
