// Package goker_moby_25384_fixed: all plugins are waited for once all are
// started, without a lock.
package goker_moby_25384_fixed

import "sync"

// want nothing

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
	plugins := append([]*Plugin(nil), m.plugins...)
	m.mu.Unlock()
	var group sync.WaitGroup
	group.Add(len(plugins))
	for _, p := range plugins {
		go func() {
			defer group.Done()
			p.restore()
		}()
	}
	group.Wait()
}
