// Package leak_break_unlocked: a break leaves the loop with the lock held, and
// the function unlocks after it.
package leak_break_unlocked

import "sync"

// want nothing

type Gossip struct {
	mu     sync.Mutex
	closed bool
	rounds int
}

func (g *Gossip) Run(next func()) {
	for {
		g.mu.Lock()
		if g.closed {
			break
		}
		g.rounds++
		g.mu.Unlock()
		next()
	}
	g.mu.Unlock()
}
