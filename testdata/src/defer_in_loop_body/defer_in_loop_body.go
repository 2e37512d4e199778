// Package defer_in_loop_body: a function literal in the loop's body defers the
// unlock to its own end.
package defer_in_loop_body

import "sync"

// want nothing

type Account struct {
	mu      sync.Mutex
	balance int
}

func Total(accounts []*Account) (sum int) {
	for _, a := range accounts {

		func() {
			a.mu.Lock()
			defer a.mu.Unlock()
			sum += a.balance
		}()
	}
	return sum
}

// want no edge: Account.mu -> Account.mu
