// Package peers_transfer: two instances of one class are taken in the order in
// which they are passed.
package peers_transfer

import "sync"

type Account struct {
	mu      sync.Mutex
	balance int
}

func Transfer(from, to *Account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want peers: Account.mu
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}
