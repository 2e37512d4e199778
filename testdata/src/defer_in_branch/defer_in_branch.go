// Package defer_in_branch: the unlock is deferred only on the path that
// returns early; the other unlocks by hand.
package defer_in_branch

import "sync"

// want nothing

type Account struct {
	mu      sync.Mutex
	balance int
	log     []int
}

type Branch struct {
	mu sync.Mutex
	n  int
}

func (a *Account) Close(b *Branch, quick bool) {
	a.mu.Lock()
	if quick {
		defer a.mu.Unlock()
		a.balance = 0
		return
	}
	a.log = nil
	a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n--
}

func (b *Branch) Audit(a *Account) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	b.n += a.balance
}

// want no edge: Account.mu -> Branch.mu
