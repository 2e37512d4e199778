// Package relock_loop_unlocked: a loop goes round with the lock released on
// every path.
package relock_loop_unlocked

import "sync"

// want nothing

type Proxy struct {
	mu    sync.Mutex
	conns int
}

func (p *Proxy) Serve(accept func() error) {
	for range 10 {
		p.mu.Lock()
		if err := accept(); err != nil {
			p.mu.Unlock()
			continue
		}
		p.conns++
		p.mu.Unlock()
	}
}
