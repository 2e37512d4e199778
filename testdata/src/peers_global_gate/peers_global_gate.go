// Package peers_global_gate: two instances of one class are taken in any
// order, under a package-wide lock.
package peers_global_gate

import "sync"

// want nothing

var transfers sync.Mutex

type Account struct {
	mu      sync.Mutex
	balance int
}

func Transfer(from, to *Account, n int) {
	transfers.Lock()
	defer transfers.Unlock()
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}

func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}
