// Package agreeing_branches: the lock is taken and released under one
// condition, and under the same one the other lock is taken.
package agreeing_branches

import "sync"

type Mirror struct {
	mu sync.Mutex
	n  int
}

type Origin struct {
	mu sync.Mutex
	n  int
}

func Sync(m *Mirror, o *Origin, local bool) {
	if local {
		m.mu.Lock()
	}
	if local {
		o.mu.Lock() // want cycle: Mirror.mu Origin.mu
		o.n++
		o.mu.Unlock()
	}
	if local {
		m.n++
		m.mu.Unlock()
	}
}

func Pull(m *Mirror, o *Origin) {
	o.mu.Lock()
	defer o.mu.Unlock()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n = o.n
}
