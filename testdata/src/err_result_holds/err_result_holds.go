// Package err_result_holds: a function holds the lock exactly if its error is
// nil.
package err_result_holds

import (
	"errors"
	"fmt"
	"sync"
)

// want nothing

type Volume struct {
	mu       sync.Mutex
	detached bool
	refs     int
}

var errDetached = errors.New("detached")

func (v *Volume) acquire() error {
	v.mu.Lock()
	if v.detached {
		v.mu.Unlock()
		return errDetached
	}
	return nil
}

func (v *Volume) Ref() error {
	if err := v.acquire(); err != nil {
		return err
	}
	defer v.mu.Unlock()
	v.refs++
	return nil
}

func (v *Volume) Describe() (int, error) {
	err := v.acquire()
	if err != nil {
		return 0, fmt.Errorf("describe: %w", err)
	}
	n := v.refs
	v.mu.Unlock()
	return n, nil
}
