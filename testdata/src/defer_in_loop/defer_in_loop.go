// Package defer_in_loop: the locks of all elements are taken in a loop and
// released by deferred calls at the end; the elements are sorted first.
package defer_in_loop

import (
	"cmp"
	"slices"
	"sync"
)

// want nothing

type Account struct {
	mu          sync.Mutex
	id, balance int
}

// Total locks all of the accounts at once.
func Total(accounts []*Account) (sum int) {
	slices.SortFunc(accounts, func(a, b *Account) int { return cmp.Compare(a.id, b.id) })
	for _, a := range accounts {
		a.mu.Lock()
		defer a.mu.Unlock()
	}
	for _, a := range accounts {
		sum += a.balance
	}
	return sum
}
