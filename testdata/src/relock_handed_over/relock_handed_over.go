// Package relock_handed_over: the lock is released by a goroutine, and its
// starter waits for it by locking.
package relock_handed_over

import "sync"

// want nothing

type Turn struct {
	mu sync.Mutex
	n  int
}

func (t *Turn) Pass(f func()) {
	t.mu.Lock()
	go func() {
		f()
		t.mu.Unlock()
	}()
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}
