// Package goker_kubernetes_70277_like: the poller is waited for under the lock
// that it takes before it looks at its channel.
package goker_kubernetes_70277_like

import "sync"

type Poller struct {
	mu   sync.Mutex
	n    int
	tick chan struct{}
}

func (p *Poller) Poll() {
	for {
		p.mu.Lock()
		p.n++
		p.mu.Unlock()
		p.tick <- struct{}{}
	}
}

func (p *Poller) Wait() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	<-p.tick // want wait: Poller.mu Poller.tick
	return p.n
}
