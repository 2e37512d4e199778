// Package rlocker_same_order: the read side of an RWMutex is taken through
// RLocker, in the one order.
package rlocker_same_order

import "sync"

// want nothing

type Topology struct {
	mu    sync.RWMutex
	nodes int
}

type Planner struct {
	mu   sync.Mutex
	plan int
}

func Plan(t *Topology, p *Planner) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := t.mu.RLocker()
	r.Lock()
	defer r.Unlock()
	p.plan = t.nodes
}

func Apply(t *Topology, p *Planner) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.nodes = p.plan
}

// want edge: Planner.mu -> Topology.mu
