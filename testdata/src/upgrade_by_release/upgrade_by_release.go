// Package upgrade_by_release: the read lock is released before the write lock
// is taken.
package upgrade_by_release

import "sync"

// want nothing

type Map struct {
	mu sync.RWMutex
	m  map[string]int
}

func (m *Map) Get(k string) int {
	m.mu.RLock()
	v, ok := m.m[k]
	m.mu.RUnlock()
	if !ok {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.m[k] = 1
	}
	return v
}

// want no edge: Map.mu -> Map.mu
