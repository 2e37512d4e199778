// Package goker_moby_29733_fixed: who has activated the plugin, or failed to,
// signals either way.
package goker_moby_29733_fixed

import "sync"

// want nothing

type Plugin struct {
	mu   sync.Mutex
	cond *sync.Cond
	done bool
	err  error
}

func New() *Plugin {
	p := &Plugin{}
	p.cond = sync.NewCond(&p.mu)
	return p
}

func (p *Plugin) Do(do func() error) {
	err := do()
	p.mu.Lock()
	p.done, p.err = true, err
	p.mu.Unlock()
	p.cond.Broadcast()
}

func (p *Plugin) Wait() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.done {
		p.cond.Wait()
	}
	return p.err
}
