// Package once_under_lock: a Once is done under a lock that its function takes
// when it is done first by somebody else.
package once_under_lock

import "sync"

type Plugin struct {
	mu   sync.Mutex
	once sync.Once
	refs int
}

func (p *Plugin) load() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refs = 1
}

// Open does the Once with nothing held.
func (p *Plugin) Open() { p.once.Do(p.load) }

// Reload waits, with the lock held, for the load that needs it.
func (p *Plugin) Reload() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.once.Do(func() { p.refs = 2 }) // want cycle|wait: Plugin.mu Plugin.once
}
