// Package chan_buffered_enough: one value is sent, under a lock that the
// receiver needs, to a channel made with room for it.
package chan_buffered_enough

import "sync"

// want nothing

type Task struct {
	mu sync.Mutex
	n  int
}

func (t *Task) Do() int {
	done := make(chan int, 1)
	t.mu.Lock()
	done <- t.n
	t.mu.Unlock()
	go func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.n = <-done
	}()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.n
}
