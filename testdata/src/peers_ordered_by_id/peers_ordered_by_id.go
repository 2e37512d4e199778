// Package peers_ordered_by_id: two instances of one class are taken in the
// order of their ids.
package peers_ordered_by_id

import "sync"

// want nothing

type Account struct {
	mu          sync.Mutex
	id, balance int
}

func Transfer(from, to *Account, n int) {
	first, second := from, to
	if to.id < from.id {
		first, second = to, from
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	from.balance -= n
	to.balance += n
}
