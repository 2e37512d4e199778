// Package exclusive_types: two orders are in methods of one interface whose
// implementations are never mixed: each type has its own pair of locks.
package exclusive_types

import "sync"

// want nothing

type Backend interface{ Commit() }

type memory struct {
	mu, log sync.Mutex
	n       int
}

type disk struct {
	mu, log sync.Mutex
	n       int
}

func (m *memory) Commit() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.log.Lock()
	defer m.log.Unlock()
	m.n++
}

func (d *disk) Commit() {
	d.log.Lock()
	defer d.log.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.n++
}

func New(path string) Backend {
	if path == "" {
		return &memory{}
	}
	return &disk{}
}

func CommitAll(bs []Backend) {
	for _, b := range bs {
		b.Commit()
	}
}

// want edge: memory.mu -> memory.log
// want edge: disk.log -> disk.mu
