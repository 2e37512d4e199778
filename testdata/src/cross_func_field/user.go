// Package user sets the hook that another package calls with its lock held.
package user

import (
	"sync"

	"example.com/testdata/cross_interface_field/holder"
)

type Table struct {
	mu    sync.Mutex
	store *holder.Store
}

func (t *Table) Put() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.store.Add() // want cycle: Table.mu example.com/testdata/cross_interface_field/holder.Store.mu
}

func (t *Table) Start() {
	t.store.Hook = t.changed
}

func (t *Table) changed() {
	t.mu.Lock()
	defer t.mu.Unlock()
}
