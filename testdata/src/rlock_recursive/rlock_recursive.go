// Package rlock_recursive: a read lock is taken again by its holder, and a
// writer exists.
package rlock_recursive

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

func (m *Map) Sum(ks []string) (sum int) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, k := range ks {
		sum += m.Get(k) // want rlock: Map.mu
	}
	return sum
}

func (m *Map) Set(k string, v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.m[k] = v
}
