// Package store has two transactions behind one interface; one has no lock.
package store

import "sync"

// A Backend begins transactions.
type Backend interface {
	Begin() Tx
	Snapshot() Tx
}

// A Tx is locked by who works with it.
type Tx interface {
	Lock()
	Unlock()
}

type backend struct {
	tx   *tx
	copy *snapshot
}

type tx struct{ mu sync.Mutex }

type snapshot struct{}

// New makes one.
func New() Backend { return &backend{tx: &tx{}, copy: &snapshot{}} }

func (b *backend) Begin() Tx    { return b.tx }
func (b *backend) Snapshot() Tx { return b.copy }

func (t *tx) Lock()   { t.mu.Lock() }
func (t *tx) Unlock() { t.mu.Unlock() }

func (s *snapshot) Lock()   {}
func (s *snapshot) Unlock() {}
