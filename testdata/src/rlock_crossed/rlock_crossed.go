// Package rlock_crossed: each side holds one lock for reading and wants the
// other for writing.
package rlock_crossed

import "sync"

type Zones struct {
	mu sync.RWMutex
	n  int
}

type Hosts struct {
	mu sync.RWMutex
	n  int
}

func Resolve(z *Zones, h *Hosts) {
	z.mu.RLock()
	defer z.mu.RUnlock()
	h.mu.Lock() // want cycle: Zones.mu Hosts.mu
	defer h.mu.Unlock()
	h.n = z.n
}

func Reverse(z *Zones, h *Hosts) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	z.mu.Lock()
	defer z.mu.Unlock()
	z.n = h.n
}
