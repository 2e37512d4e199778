// Package peers_ordered_by_address: two instances of one class are taken in
// the order of their addresses.
package peers_ordered_by_address

import (
	"sync"
	"unsafe"
)

// want nothing

type Chan struct {
	mu sync.Mutex
	n  int
}

func lockBoth(a, b *Chan) {
	if uintptr(unsafe.Pointer(a)) > uintptr(unsafe.Pointer(b)) {
		a, b = b, a
	}
	a.mu.Lock()
	if a != b {
		b.mu.Lock()
	}
}

func Swap(a, b *Chan) {
	lockBoth(a, b)
	a.n, b.n = b.n, a.n
	a.mu.Unlock()
	if a != b {
		b.mu.Unlock()
	}
}
