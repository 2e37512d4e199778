// Package contradicting_branches: the lock is taken and released under one
// condition; under the opposite one the other lock is taken.
package contradicting_branches

import "sync"

// want nothing

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
	if !local {
		o.mu.Lock()
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

// want no edge: Mirror.mu -> Origin.mu
