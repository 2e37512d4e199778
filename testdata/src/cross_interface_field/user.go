// Package user registers an observer with another package, which calls it
// with its lock held.
package user

import (
	"sync"

	"example.com/testdata/cross_interface_field/holder"
)

type Index struct {
	mu    sync.Mutex
	store *holder.Store
}

func (x *Index) Put() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.store.Add() // want cycle: Index.mu /holder.Store.mu
}

func (x *Index) Changed() {
	x.mu.Lock()
	defer x.mu.Unlock()
}

func (x *Index) Start() { x.store.Register(x) }
