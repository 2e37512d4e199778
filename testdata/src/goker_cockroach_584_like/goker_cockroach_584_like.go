// Package goker_cockroach_584_like: the way out of a loop through a label
// keeps the lock.
package goker_cockroach_584_like

import "sync"

type Gossip struct {
	mu     sync.Mutex
	closed bool
	rounds int
}

func (g *Gossip) Manage(stall <-chan bool) {

	// want leak: Gossip.mu
loop:
	for s := range stall {
		g.mu.Lock()
		switch {
		case g.closed:
			break loop
		case s:
			g.rounds++
		}
		g.mu.Unlock()
	}
}
