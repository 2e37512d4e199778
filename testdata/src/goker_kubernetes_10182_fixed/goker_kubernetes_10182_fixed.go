// Package goker_kubernetes_10182_fixed: the status is sent after the lock is
// released.
package goker_kubernetes_10182_fixed

import "sync"

// want nothing

type Manager struct {
	mu      sync.RWMutex
	updates chan bool
	pods    int
}

func New() *Manager {
	m := &Manager{updates: make(chan bool)}
	go m.loop()
	return m
}

func (m *Manager) loop() {
	for range m.updates {
		m.remove()
	}
}

func (m *Manager) remove() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pods--
}

func (m *Manager) Set() {
	m.mu.Lock()
	m.pods++
	m.mu.Unlock()
	m.updates <- true
}
