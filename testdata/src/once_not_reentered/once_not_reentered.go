// Package once_not_reentered: the function that a Once runs does another Once.
package once_not_reentered

import "sync"

// want nothing

type Plugin struct {
	once, named sync.Once
	name        string
}

func (p *Plugin) Init() {
	p.once.Do(p.load)
}

func (p *Plugin) load() { p.name = p.Name() }

func (p *Plugin) Name() string {
	p.named.Do(func() { p.name = "plugin" })
	return p.name
}
