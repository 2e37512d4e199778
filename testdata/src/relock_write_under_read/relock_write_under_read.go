// Package relock_write_under_read: a write lock is taken under the read lock
// of the same instance.
package relock_write_under_read

import "sync"

type Map struct {
	mu sync.RWMutex
	m  map[string]int
}

func (m *Map) Get(k string) int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	v, ok := m.m[k]
	if !ok {
		m.mu.Lock() // want relock: Map.mu
		m.m[k] = 1
		m.mu.Unlock()
	}
	return v
}
