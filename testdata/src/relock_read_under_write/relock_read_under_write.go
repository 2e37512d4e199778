// Package relock_read_under_write: a read lock is taken under the write lock
// of the same instance.
package relock_read_under_write

import "sync"

type Map struct {
	mu sync.RWMutex
	m  map[string]int
}

func (m *Map) Get(k string) int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.m[k]
}

func (m *Map) Inc(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.m[k] = m.Get(k) + 1 // want relock: Map.mu
}
