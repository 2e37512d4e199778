// Package cross_result_interface_silent is cross_result_interface, where what
// is held over the lock is a snapshot: the other package knows that its lock is
// none.
package cross_result_interface_silent

import (
	"sync"

	"example.com/testdata/cross_result_interface_silent/store"
)

// A KV is over a backend.
type KV struct {
	mu sync.Mutex
	b  store.Backend
}

// New makes one.
func New(b store.Backend) *KV { return &KV{b: b} }

// Put takes the transaction under the lock.
//
// want nothing
func (k *KV) Put() {
	k.mu.Lock()
	defer k.mu.Unlock()
	tx := k.b.Begin()
	tx.Lock()
	tx.Unlock()
}

// Restore takes the lock under the snapshot.
func (k *KV) Restore() {
	tx := k.b.Snapshot()
	tx.Lock()
	defer tx.Unlock()
	k.mu.Lock()
	k.mu.Unlock()
}

// Choose takes the lock under either, but of the transaction it is held already.
func (k *KV) Choose(read bool) {
	var tx store.Tx
	if read {
		tx = k.b.Snapshot()
	} else {
		tx = k.b.Begin()
		k.mu.Lock()
	}
	tx.Lock()
	tx.Unlock()
	if !read {
		k.mu.Unlock()
	}
}

// Open is what makes a Backend of one type.
func Open() *KV { return New(store.New()) }
