// Package early_return_unlock: every early return unlocks first.
package early_return_unlock

import (
	"errors"
	"sync"
)

// want nothing

type Account struct {
	mu      sync.Mutex
	balance int
	frozen  bool
}

var errFrozen = errors.New("frozen")

func (a *Account) Withdraw(n int) error {
	a.mu.Lock()
	if a.frozen {
		a.mu.Unlock()
		return errFrozen
	}
	if n > a.balance {
		a.mu.Unlock()
		return errors.New("short")
	}
	a.balance -= n
	a.mu.Unlock()
	return nil
}

func (a *Account) WithdrawTwice(n int) error {
	if err := a.Withdraw(n); err != nil {
		return err
	}
	return a.Withdraw(n)
}
