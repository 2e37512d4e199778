// Package store hands out its lock behind two interfaces.
package store

import "sync"

// A Backend begins transactions.
type Backend interface{ Begin() Tx }

// A Tx is locked by who works with it.
type Tx interface {
	Lock()
	Unlock()
}

type backend struct{ tx *tx }

type tx struct{ mu sync.Mutex }

// New makes one.
func New() Backend { return &backend{tx: &tx{}} }

func (b *backend) Begin() Tx { return b.tx }

func (t *tx) Lock()   { t.mu.Lock() }
func (t *tx) Unlock() { t.mu.Unlock() }
