// Package mutex_param: a helper takes two mutexes by pointer and is called
// with them in both orders.
package mutex_param

import "sync"

type Bank struct {
	mu   sync.Mutex
	cash int
}

type Vault struct {
	mu   sync.Mutex
	gold int
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
	lockBoth(&b.mu, &v.mu) // want cycle: Bank.mu Vault.mu
	defer unlockBoth(&b.mu, &v.mu)
	b.cash--
	v.gold++
}

func Sell(b *Bank, v *Vault) {
	lockBoth(&v.mu, &b.mu)
	defer unlockBoth(&b.mu, &v.mu)
	b.cash++
	v.gold--
}
