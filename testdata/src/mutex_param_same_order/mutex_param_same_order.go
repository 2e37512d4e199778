// Package mutex_param_same_order: a helper takes two mutexes by pointer and is
// called with them in one order, and for two more locks in the other.
package mutex_param_same_order

import "sync"

// want nothing

type Bank struct {
	mu   sync.Mutex
	cash int
}

type Vault struct {
	mu   sync.Mutex
	gold int
}

type Desk struct {
	mu   sync.Mutex
	open bool
}

func lockBoth(a, b *sync.Mutex) {
	a.Lock()
	b.Lock()
}

func unlockBoth(a, b *sync.Mutex) {
	a.Unlock()
	b.Unlock()
}

func Buy(b *Bank, v *Vault) {
	lockBoth(&b.mu, &v.mu)
	defer unlockBoth(&b.mu, &v.mu)
	b.cash--
	v.gold++
}

func Open(v *Vault, d *Desk) {
	lockBoth(&v.mu, &d.mu)
	defer unlockBoth(&v.mu, &d.mu)
	d.open = v.gold > 0
}

// want edge: Bank.mu -> Vault.mu
// want edge: Vault.mu -> Desk.mu
// want no edge: Vault.mu -> Bank.mu
