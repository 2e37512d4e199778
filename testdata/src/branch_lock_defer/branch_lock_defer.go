// Package branch_lock_defer: a condition decides whether to lock, with the
// unlock deferred in the same branch.
package branch_lock_defer

import "sync"

// want nothing

type Gauge struct {
	mu sync.Mutex
	v  int
}

func (g *Gauge) Set(v int, shared bool) {
	if shared {
		g.mu.Lock()
		defer g.mu.Unlock()
	}
	g.v = v
}

func (g *Gauge) SetBoth(v int, shared bool) {
	g.Set(v, shared)
	g.Set(v, shared)
}
