// Package leak_break: a break leaves the loop with the lock held, and the
// function returns; elsewhere the loop unlocks.
package leak_break

import "sync"

type Gossip struct {
	mu     sync.Mutex
	closed bool
	rounds int
}

func (g *Gossip) Run(next func()) {

	// want leak: Gossip.mu
	for {
		g.mu.Lock()
		if g.closed {
			break
		}
		g.rounds++
		g.mu.Unlock()
		next()
	}
}
