// Package pool runs a function of its user's in a goroutine of its own.
package pool

import "sync"

// A Pool is a goroutine.
type Pool struct {
	mu   sync.Mutex
	busy bool
	work chan int
	f    func(int)
	over chan struct{}
}

// New starts one that calls f.
func New(f func(int)) *Pool {
	p := &Pool{work: make(chan int), over: make(chan struct{}), f: f}
	go p.run()
	return p
}

func (p *Pool) run() {
	defer close(p.over)
	for v := range p.work {
		p.f(v)
	}
}

// Run has the function called.
func (p *Pool) Run(v int) { p.work <- v }

// Busy tells whether it was told so.
func (p *Pool) Busy() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.busy
}

// Close waits for the last call with the pool's lock held.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy = false
	close(p.work)
	<-p.over
}
