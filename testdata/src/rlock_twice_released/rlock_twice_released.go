// Package rlock_twice_released: a read lock is taken twice, one after the
// other.
package rlock_twice_released

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
	for _, k := range ks {
		sum += m.Get(k)
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return sum / len(m.m)
}

func (m *Map) Set(k string, v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.m[k] = v
}
