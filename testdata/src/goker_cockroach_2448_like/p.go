// Package goker_cockroach_2448_like: an event is sent under the lock under
// which its receiver sends the callback.
package goker_cockroach_2448_like

import "sync"

type MultiRaft struct {
	mu        sync.Mutex
	applied   int
	events    chan int
	callbacks chan int
}

func (m *MultiRaft) Commit(c int) {
	m.mu.Lock()
	m.applied++
	m.events <- c // want wait: MultiRaft.mu MultiRaft.events
	m.mu.Unlock()
}

func (m *MultiRaft) Process() {
	for e := range m.events {
		m.mu.Lock()
		m.applied -= e
		m.mu.Unlock()
	}
}
