// Package peers_one_at_a_time: two instances of one class are locked one after
// the other.
package peers_one_at_a_time

import "sync"

// want nothing

type Account struct {
	mu      sync.Mutex
	balance int
}

func (a *Account) add(n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
}

func Transfer(from, to *Account, n int) {
	from.add(-n)
	to.add(n)
}

// want no edge: Account.mu -> Account.mu
