// Package locker_param_two_callers: locks are passed as sync.Locker to one
// function, each caller with locks of its own, in one order.
package locker_param_two_callers

import "sync"

// want nothing

type Bank struct {
	mu   sync.Mutex
	cash int
}

type Vault struct {
	mu   sync.RWMutex
	gold int
}

func with(l sync.Locker, f func()) {
	l.Lock()
	defer l.Unlock()
	f()
}

func Buy(b *Bank, v *Vault) {
	with(&b.mu, func() {
		with(&v.mu, func() { b.cash--; v.gold++ })
	})
}

func Look(v *Vault) (n int) {
	with(v.mu.RLocker(), func() { n = v.gold })
	return n
}

func Pay(b *Bank) {
	with(&b.mu, func() { b.cash-- })
}

// want edge: Bank.mu -> Vault.mu
// want no edge: Vault.mu -> Bank.mu
