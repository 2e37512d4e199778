// Package once_reentered: a Once is done again by the function that it runs.
package once_reentered

import "sync"

type Plugin struct {
	once sync.Once
	name string
}

func (p *Plugin) Init() {
	p.once.Do(p.load) // want relock|wait: Plugin.once
}

func (p *Plugin) load() { p.name = p.Name() }

func (p *Plugin) Name() string {
	p.Init()
	return p.name
}
