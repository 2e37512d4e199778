// Package rlock_without_writer: two locks are only ever read-locked, in both
// orders.
package rlock_without_writer

import "sync"

// want nothing

type Zones struct {
	mu sync.RWMutex
	n  int
}

type Hosts struct {
	mu sync.RWMutex
	n  int
}

func Resolve(z *Zones, h *Hosts) int {
	z.mu.RLock()
	defer z.mu.RUnlock()
	h.mu.RLock()
	defer h.mu.RUnlock()
	return z.n + h.n
}

func Reverse(z *Zones, h *Hosts) int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	z.mu.RLock()
	defer z.mu.RUnlock()
	return h.n - z.n
}
