// Package relock_loop: a loop goes round with the lock held: continue without
// unlock.
package relock_loop

import "sync"

type Proxy struct {
	mu    sync.Mutex
	conns int
}

func (p *Proxy) Serve(accept func() error) {
	for range 10 {
		p.mu.Lock() // want relock: Proxy.mu
		if err := accept(); err != nil {
			continue
		}
		p.conns++
		p.mu.Unlock()
	}
}
