// Package branch_field_condition: the condition that decides whether to lock
// and to unlock is a field.
package branch_field_condition

import "sync"

// want nothing

type Gauge struct {
	mu     sync.Mutex
	shared bool
	v      int
}

type Panel struct {
	mu sync.Mutex
	n  int
}

func (g *Gauge) Set(v int, p *Panel) {
	shared := g.shared
	if shared {
		g.mu.Lock()
	}
	g.v = v
	if shared {
		g.mu.Unlock()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
}

func (p *Panel) Reset(g *Gauge) {
	p.mu.Lock()
	defer p.mu.Unlock()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.v = 0
}

// want no edge: Gauge.mu -> Panel.mu
