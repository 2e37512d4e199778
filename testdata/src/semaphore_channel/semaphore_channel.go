// Package semaphore_channel limits what runs at once with a buffered channel:
// a job takes a token, and gives it back in a deferred function or by a method
// of its own. Whoever waits for a token under the lock that a job needs, waits
// for ever.
package semaphore_channel

import "sync"

type Pool struct {
	mu     sync.Mutex
	tokens chan struct{}
	done   int
}

// NewPool runs n jobs at once.
func NewPool(n int) *Pool { return &Pool{tokens: make(chan struct{}, n)} }

func (p *Pool) Run(job func()) {
	p.tokens <- struct{}{}
	defer func() { <-p.tokens }()
	job()
	p.mu.Lock()
	p.done++
	p.mu.Unlock()
}

func (p *Pool) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tokens <- struct{}{} // want wait: Pool.mu Pool.tokens
	p.done = 0
	<-p.tokens
}

type Gate struct {
	mu   sync.Mutex
	busy chan bool
	n    int
}

func NewGate() *Gate { return &Gate{busy: make(chan bool, 1)} }

func (g *Gate) enter() { g.busy <- true }
func (g *Gate) leave() { <-g.busy }

func (g *Gate) Count() {
	g.enter()
	defer g.leave()
	g.mu.Lock()
	g.n++
	g.mu.Unlock()
}

func (g *Gate) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.enter() // want wait: Gate.mu Gate.busy
	g.n = 0
	g.leave()
}
