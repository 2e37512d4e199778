// Package wait_param_waiter: a goroutine waits, under the lock that it takes, for a
// channel that it got as a parameter and that is closed under the lock.
package wait_param_waiter

import "sync"

type Pool struct {
	mu   sync.Mutex
	idle int
	quit chan struct{}
}

func Open(p *Pool) { go p.serve(p.quit) }

func (p *Pool) serve(quit <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle++
	<-quit // want wait: Pool.mu Pool.quit
}

func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.quit)
}
