// Package peers_two_locals moves between two objects that the caller has made,
// there and back: the caller knows that they are two, and in no order.
package peers_two_locals

import "sync"

type Account struct {
	mu      sync.Mutex
	balance int
}

func transfer(from, to *Account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want peers: Account.mu
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}

// Run moves both ways at once.
func Run() {
	var done sync.WaitGroup
	a, b := &Account{balance: 1}, &Account{balance: 2}
	done.Go(func() { transfer(a, b, 1) })
	transfer(b, a, 2)
	done.Wait()
}
