// Package goker_cockroach_584_fixed: the loop unlocks before it breaks off,
// and again its caller may go on to the next loop.
package goker_cockroach_584_fixed

import "sync"

// want nothing

type Gossip struct {
	mu     sync.Mutex
	closed bool
	rounds int
}

func (g *Gossip) bootstrap() {
	for {
		g.mu.Lock()
		if g.closed {
			g.mu.Unlock()
			break
		}
		g.rounds++
		g.mu.Unlock()
	}
}

func (g *Gossip) manage() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.rounds = 0
}

func (g *Gossip) Start() {
	go func() {
		g.bootstrap()
		g.manage()
	}()
}
