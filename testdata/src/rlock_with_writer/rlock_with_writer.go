// Package rlock_with_writer: two locks are read-locked in both orders, and
// each has a writer: a waiting writer keeps new readers out.
package rlock_with_writer

import "sync"

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
	h.mu.RLock() // want cycle: Zones.mu Hosts.mu
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

func (z *Zones) Add() {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.n++
}

func (h *Hosts) Add() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n++
}
