// Package twins_same_argument moves from an object to itself: harmless between
// two, in an order that the function sees to, and for ever with one.
package twins_same_argument

import (
	"sync"
	"unsafe"
)

type Account struct {
	mu      sync.Mutex
	balance int
}

func lock(a, b *Account) {
	if uintptr(unsafe.Pointer(a)) < uintptr(unsafe.Pointer(b)) {
		a.mu.Lock()
		b.mu.Lock()
	} else {
		b.mu.Lock()
		a.mu.Lock()
	}
}

func move(a, b *Account, n int) {
	lock(a, b)
	a.balance -= n
	b.balance += n
	b.mu.Unlock()
	a.mu.Unlock()
}

// Between is in order.
func Between(a, b *Account) { move(a, b, 1) }

// Check moves nothing, it thinks.
func (a *Account) Check() {
	move(a, a, 0) // want relock: Account.mu
}
