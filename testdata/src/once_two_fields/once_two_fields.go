// Package once_two_fields: the functions of two Onces are kept apart: what one
// takes the other does not.
package once_two_fields

import "sync"

// want nothing

type Plugin struct {
	mu         sync.Mutex
	open, shut sync.Once
	refs       int
}

func (p *Plugin) Open() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open.Do(func() { p.refs = 1 })
}

func (p *Plugin) Close() {
	p.shut.Do(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.refs = 0
	})
}

// want no edge: Plugin.mu -> Plugin.mu
