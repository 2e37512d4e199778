// Package leak_locker_by_name: functions named for it return with the lock
// held, and others release it.
package leak_locker_by_name

import (
	"sync"
	"time"
)

// want nothing

type Volume struct {
	mu    sync.Mutex
	ready bool
	n     int
}

func (v *Volume) Lock() { v.mu.Lock() }

func (v *Volume) Unlock() { v.mu.Unlock() }

func (v *Volume) lockReady() {
	v.mu.Lock()
	for !v.ready {
		v.mu.Unlock()
		time.Sleep(time.Millisecond)
		v.mu.Lock()
	}
}

func (v *Volume) Grow() {
	v.lockReady()
	v.n++
	v.Unlock()
}
