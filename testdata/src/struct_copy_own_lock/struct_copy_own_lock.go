// Package struct_copy_own_lock: a copy of a struct with a mutex in it has a
// mutex of its own. It guards nothing, and blocks nobody.
package struct_copy_own_lock

import "sync"

// want nothing

type Meter struct {
	mu sync.Mutex
	n  int
}

func (m Meter) Value() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.n
}

func (m *Meter) Add() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n++
	return m.Value()
}
