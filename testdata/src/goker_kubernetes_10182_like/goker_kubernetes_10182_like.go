// Package goker_kubernetes_10182_like: a status is sent under the lock by a
// helper, and its receiver needs the lock for each one it has received.
package goker_kubernetes_10182_like

import "sync"

type Manager struct {
	mu      sync.RWMutex
	updates chan int
	pods    int
}

func New() *Manager {
	m := &Manager{updates: make(chan int)}
	go func() {
		for n := range m.updates {
			m.apply(n)
		}
	}()
	return m
}

func (m *Manager) apply(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pods += n
}

func (m *Manager) publish(n int) { m.updates <- n } // want wait: Manager.mu Manager.updates

func (m *Manager) Set(n int) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if n != m.pods {
		m.publish(n)
	}
}
