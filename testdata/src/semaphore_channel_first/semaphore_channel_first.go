// Package semaphore_channel_first takes the token and the lock always in one
// order, or the lock before and after the token but not with it.
package semaphore_channel_first

import "sync"

type Pool struct {
	mu     sync.Mutex
	tokens chan struct{}
	done   int
}

func NewPool() *Pool { return &Pool{tokens: make(chan struct{}, 4)} }

func (p *Pool) count(by int) {
	p.mu.Lock()
	p.done += by
	p.mu.Unlock()
}

func (p *Pool) acquire() { p.tokens <- struct{}{} }
func (p *Pool) release() { <-p.tokens }

func (p *Pool) work() { p.release() }

// Run needs the lock when it has no token.
func (p *Pool) Run(job func(int)) {
	p.count(0)
	p.acquire()
	job(1)
	p.work()
	p.count(1)
}

// Twice has a token, none while it needs the lock, and another.
func (p *Pool) Twice(job func(int)) {
	p.acquire()
	job(1)
	p.release()
	p.count(2)
	p.acquire()
	job(2)
	p.release()
}

// Reset waits under the lock for those who do not need it.
func (p *Pool) Reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.acquire()
	p.done = 0
	p.release()
}

// Sum has a channel of its own, that nobody else can fill.
func (p *Pool) Sum() int {
	last := make(chan int, 1)
	p.mu.Lock()
	last <- p.done
	p.mu.Unlock()
	p.count(1)
	return <-last
}

// want nothing
