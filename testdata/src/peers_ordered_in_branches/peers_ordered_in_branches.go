// Package peers_ordered_in_branches: two instances of one class are taken in
// the order of their ids, each order in a branch of its own.
package peers_ordered_in_branches

import "sync"

// want nothing

type Account struct {
	mu          sync.Mutex
	id, balance int
}

func Transfer(from, to *Account, n int) {
	switch {
	case from.id < to.id:
		from.mu.Lock()
		to.mu.Lock()
	case from.id > to.id:
		to.mu.Lock()
		from.mu.Lock()
	default:
		return
	}
	from.balance -= n
	to.balance += n
	from.mu.Unlock()
	to.mu.Unlock()
}
