// Package callee_releases_not: the same as callee_releases, but the callee
// keeps its caller's lock.
package callee_releases_not

import "sync"

type Disk struct {
	mu      sync.Mutex
	pending int
}

type Bus struct {
	mu   sync.Mutex
	busy bool
	disk *Disk
}

func (d *Disk) Flush(b *Bus) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.pending > 0 {
		d.writeLocked(b) // want cycle: Disk.mu Bus.mu
	}
}

func (d *Disk) writeLocked(b *Bus) {
	d.pending--
	b.transfer()
}

func (b *Bus) transfer() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.busy = true
}

func (b *Bus) Interrupt() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.disk.mu.Lock()
	defer b.disk.mu.Unlock()
	b.disk.pending++
}
