// Package param_bare_again locks its caller's lock twice, and keeps it on one
// return: whatever lock that is.
package param_bare_again

import "sync"

// Twice never returns.
func Twice(mu *sync.Mutex) {
	mu.Lock()
	mu.Lock() // want relock: Twice.mu
	mu.Unlock()
}

// Keeps forgets the lock where there is nothing to do.
func Keeps(mu *sync.Mutex, work []func()) {
	mu.Lock()
	if len(work) == 0 {
		return // want leak: Keeps.mu
	}
	mu.Unlock()
}
