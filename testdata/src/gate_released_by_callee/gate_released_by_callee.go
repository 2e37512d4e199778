// Package gate_released_by_callee: an exported method gives back the lock that
// its caller took. Whoever calls it, in view or not, holds that lock, and it is
// a gate over what the method does before.
package gate_released_by_callee

import "sync"

// want nothing

type Batch struct {
	sync.Mutex
	reads sync.Mutex
	file  sync.Mutex
	n     int
}

// Unlock writes the batch out, and ends what Lock began.
func (b *Batch) Unlock() {
	b.reads.Lock()
	b.file.Lock()
	b.n = 0
	b.file.Unlock()
	b.reads.Unlock()
	b.Mutex.Unlock()
}

func (b *Batch) Defrag() {
	b.Mutex.Lock()
	defer b.Mutex.Unlock()
	b.file.Lock()
	defer b.file.Unlock()
	b.reads.Lock()
	defer b.reads.Unlock()
	b.n++
}
