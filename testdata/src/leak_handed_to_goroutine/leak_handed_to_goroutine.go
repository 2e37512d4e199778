// Package leak_handed_to_goroutine: the lock is released by a goroutine that
// is started on the path that holds.
package leak_handed_to_goroutine

import "sync"

// want nothing

type Volume struct {
	mu    sync.Mutex
	ready bool
	n     int
}

func (v *Volume) Resize(n int) bool {
	v.mu.Lock()
	if !v.ready {
		v.mu.Unlock()
		return false
	}
	go v.resize(n)
	return true
}

// resize releases the lock that Resize took.
func (v *Volume) resize(n int) {
	defer v.mu.Unlock()
	v.n = n
}
