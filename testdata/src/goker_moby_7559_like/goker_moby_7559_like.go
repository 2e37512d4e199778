// Package goker_moby_7559_like: a loop goes on from inside a switch without
// unlocking.
package goker_moby_7559_like

import "sync"

type Proxy struct {
	track sync.Mutex
	conns map[string]int
}

func (p *Proxy) Run(packets []string) {
	for _, packet := range packets {
		p.track.Lock() // want relock: Proxy.track
		switch packet {
		case "open":
			p.conns[packet]++
		case "":
			continue
		default:
			delete(p.conns, packet)
		}
		p.track.Unlock()
	}
}
