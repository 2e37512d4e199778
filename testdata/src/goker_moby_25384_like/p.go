// Package goker_moby_25384_like: the plugins are waited for under the lock
// that each takes.
package goker_moby_25384_like

import "sync"

type Plugin struct {
	mgr     *Manager
	enabled bool
}

type Manager struct {
	mu      sync.Mutex
	plugins []*Plugin
}

func (p *Plugin) restore() {
	p.mgr.mu.Lock()
	p.enabled = true
	p.mgr.mu.Unlock()
}

func (m *Manager) Init() {
	m.mu.Lock()
	defer m.mu.Unlock()
	var group sync.WaitGroup
	for _, p := range m.plugins {
		group.Add(1)
		go func() {
			defer group.Done()
			p.restore()
		}()
	}
	group.Wait() // want wait: Manager.mu (*Manager).Init.group
}
