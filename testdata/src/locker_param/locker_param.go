// Package locker_param: locks are passed as sync.Locker to one function, in
// both orders.
package locker_param

import "sync"

type Bank struct {
	mu   sync.Mutex
	cash int
}

type Vault struct {
	mu   sync.RWMutex
	gold int
}

func both(first, second sync.Locker, f func()) {
	first.Lock()
	defer first.Unlock()
	second.Lock()
	defer second.Unlock()
	f()
}

func Buy(b *Bank, v *Vault) {
	both(&b.mu, &v.mu, func() { b.cash--; v.gold++ }) // want cycle: Bank.mu Vault.mu
}

func Sell(b *Bank, v *Vault) {
	both(&v.mu, &b.mu, func() { b.cash++; v.gold-- })
}
