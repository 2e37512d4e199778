// Package user has the method that the interface of another package wants,
// but passes a value of another type.
package user

import (
	"sync"

	"example.com/testdata/cross_interface_param/holder"
)

// want nothing

type Index struct {
	mu    sync.Mutex
	store *holder.Store
}

func (x *Index) Put() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.store.Add()
}

func (x *Index) Changed() {
	x.mu.Lock()
	defer x.mu.Unlock()
}

type quiet struct{}

func (quiet) Changed() {}

func (x *Index) Tell() { x.store.Notify(quiet{}) }
