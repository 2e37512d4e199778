// Package user implements the interface that another package calls with its
// lock held, and takes that lock under its own.
package user

import (
	"sync"

	"example.com/testdata/cross_interface_param/holder"
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

func (x *Index) Tell() { x.store.Notify(x) }
