// Package rlock_recursive_without_writer: a read lock is taken again by its
// holder, and nobody ever writes.
package rlock_recursive_without_writer

import "sync"

// want nothing

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
		sum += m.Get(k)
	}
	return sum
}
