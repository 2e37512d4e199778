// Package goker_moby_36114_fixed: a start-up step is called with the machine's
// lock held and has a variant that expects it.
package goker_moby_36114_fixed

import "sync"

// want nothing

type VM struct {
	mu    sync.Mutex
	disks int
}

func (v *VM) AttachAll(n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.detachLocked()
	v.disks = n
}

func (v *VM) Detach() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.detachLocked()
}

func (v *VM) detachLocked() { v.disks = 0 }
