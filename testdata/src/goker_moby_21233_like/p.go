// Package goker_moby_21233_like: progress is broadcast under the lock that its
// watcher takes to leave.
package goker_moby_21233_like

import "sync"

type Transfer struct {
	mu       sync.Mutex
	watching bool
	progress chan int
}

func (t *Transfer) Report(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.watching {
		t.progress <- n // want wait: Transfer.mu Transfer.progress
	}
}

func (t *Transfer) Watch() {
	for n := range t.progress {
		if n == 100 {
			t.mu.Lock()
			t.watching = false
			t.mu.Unlock()
		}
	}
}
