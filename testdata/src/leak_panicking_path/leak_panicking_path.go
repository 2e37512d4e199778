// Package leak_panicking_path: the only path that does not unlock panics.
package leak_panicking_path

import "sync"

// want nothing

type Volume struct {
	mu sync.Mutex
	n  int
}

func (v *Volume) Shrink(n int) {
	v.mu.Lock()
	if n > v.n {
		panic("volume: too small")
	}
	v.n -= n
	v.mu.Unlock()
}
