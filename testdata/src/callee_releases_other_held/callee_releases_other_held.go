// Package callee_releases_other_held: a callee releases its caller's lock and
// takes it again under another lock of the caller: no double lock, but a
// cycle.
package callee_releases_other_held

import (
	"runtime"
	"sync"
)

type Disk struct {
	mu      sync.Mutex
	pending int
}

type Bus struct {
	mu   sync.Mutex
	busy bool
}

func Flush(d *Disk, b *Bus) {
	d.mu.Lock()
	defer d.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	d.writeLocked()
}

func (d *Disk) writeLocked() {
	d.pending--
	d.mu.Unlock()
	runtime.Gosched()
	d.mu.Lock() // want cycle: Disk.mu Bus.mu
}

// want no edge: Disk.mu -> Disk.mu
