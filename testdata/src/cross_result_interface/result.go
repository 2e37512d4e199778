// Package cross_result_interface holds a lock that it takes through an
// interface which a method of another interface returns: the types behind both
// are known to the other package only.
package cross_result_interface

import (
	"sync"

	"example.com/testdata/cross_result_interface/store"
)

// A KV is over a backend.
type KV struct {
	mu sync.Mutex
	b  store.Backend
}

// New makes one.
func New(b store.Backend) *KV { return &KV{b: b} }

// Put takes the transaction under the lock.
func (k *KV) Put() {
	k.mu.Lock()
	defer k.mu.Unlock()
	tx := k.b.Begin()
	tx.Lock() // want cycle: KV.mu /store.backend.tx
	tx.Unlock()
}

// Restore takes the lock under the transaction.
func (k *KV) Restore() {
	tx := k.b.Begin()
	tx.Lock()
	defer tx.Unlock()
	k.mu.Lock()
	k.mu.Unlock()
}

// Open is what makes a Backend of one type.
func Open() *KV { return New(store.New()) }
