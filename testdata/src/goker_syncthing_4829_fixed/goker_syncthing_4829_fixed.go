// Package goker_syncthing_4829_fixed: what was removed under the write lock is
// announced after it is released, under a read lock.
package goker_syncthing_4829_fixed

import "sync"

// want nothing

type Mapping struct {
	mut   sync.RWMutex
	addrs map[string]int
	subs  []func([]int)
}

func (m *Mapping) Clear() {

	var removed []int
	m.mut.Lock()
	for k, a := range m.addrs {
		removed = append(removed, a)
		delete(m.addrs, k)
	}
	m.mut.Unlock()
	if len(removed) > 0 {
		m.notify(removed)
	}
}

func (m *Mapping) notify(removed []int) {
	m.mut.RLock()
	subs := m.subs
	m.mut.RUnlock()
	for _, f := range subs {
		f(removed)
	}
}
