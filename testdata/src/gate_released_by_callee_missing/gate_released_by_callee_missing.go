// Package gate_released_by_callee_missing: the method gives back its caller's
// lock on one of its ways only; on the other it may be called without.
package gate_released_by_callee_missing

import "sync"

// want cycle: Batch.file Batch.reads

type Batch struct {
	mu    sync.Mutex
	reads sync.Mutex
	file  sync.Mutex
	n     int
}

func (b *Batch) Flush(last bool) {
	b.reads.Lock()
	b.file.Lock()
	b.n = 0
	b.file.Unlock()
	b.reads.Unlock()
	if last {
		b.mu.Unlock()
	}
}

func (b *Batch) Defrag() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.file.Lock()
	defer b.file.Unlock()
	b.reads.Lock()
	defer b.reads.Unlock()
	b.n++
}
