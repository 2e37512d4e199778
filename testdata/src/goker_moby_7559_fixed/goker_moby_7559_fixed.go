// Package goker_moby_7559_fixed: a loop unlocks before it goes on after an
// error.
package goker_moby_7559_fixed

import "sync"

// want nothing

type Proxy struct {
	track sync.Mutex
	conns map[string]int
}

func (p *Proxy) Run(dial func() (int, error)) {
	for range 100 {
		p.track.Lock()
		c, err := dial()
		if err != nil {
			p.track.Unlock()
			continue
		}
		p.conns["last"] = c
		p.track.Unlock()
	}
}
