// Package rlocker: the read side of an RWMutex is taken through RLocker, in
// the opposite order.
package rlocker

import "sync"

type Topology struct {
	mu    sync.RWMutex
	nodes int
}

type Planner struct {
	mu   sync.Mutex
	plan int
}

func Plan(t *Topology, p *Planner) {
	r := t.mu.RLocker()
	r.Lock()
	defer r.Unlock()
	p.mu.Lock() // want cycle: Topology.mu Planner.mu
	defer p.mu.Unlock()
	p.plan = t.nodes
}

func Apply(t *Topology, p *Planner) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.nodes = p.plan
}
