// Package callee_releases: a callee releases its caller's lock while it takes
// another, and takes it again before it returns.
package callee_releases

import "sync"

// want nothing

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
		d.writeLocked(b)
	}
}

// writeLocked is called with d.mu held and lets go of it while the bus works.
func (d *Disk) writeLocked(b *Bus) {
	d.pending--
	d.mu.Unlock()
	b.transfer()
	d.mu.Lock()
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

// want edge: Bus.mu -> Disk.mu
// want no edge: Disk.mu -> Bus.mu
// want no edge: Disk.mu -> Disk.mu
