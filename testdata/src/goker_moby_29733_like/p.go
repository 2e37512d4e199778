// Package goker_moby_29733_like: the plugins are locked over the wait for one,
// which is signalled under that lock.
package goker_moby_29733_like

import "sync"

type Plugins struct {
	mu  sync.Mutex
	all map[string]*Plugin
}

type Plugin struct {
	mu   sync.Mutex
	cond *sync.Cond
	up   bool
}

func (s *Plugins) Add(name string) {
	p := &Plugin{}
	p.cond = sync.NewCond(&p.mu)
	s.mu.Lock()
	s.all[name] = p
	s.mu.Unlock()
}

func (s *Plugins) Wait(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.all[name]
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.up {
		p.cond.Wait() // want wait: Plugins.mu Plugin.cond
	}
}

func (s *Plugins) Up(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.all[name]
	p.mu.Lock()
	p.up = true
	p.mu.Unlock()
	p.cond.Signal()
}
