// Package chan_close_needs_lock: a receiver waits under a lock for the close
// of a channel, and who closes it takes the lock first.
package chan_close_needs_lock

import "sync"

type Watch struct {
	mu   sync.Mutex
	done chan struct{}
	n    int
}

func NewWatch() *Watch { return &Watch{done: make(chan struct{})} }

func (w *Watch) Stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n = 0
	<-w.done // want wait: Watch.mu Watch.done
}

func (w *Watch) Run() {
	for w.step() {
	}
	close(w.done)
}

func (w *Watch) step() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n--
	return w.n > 0
}
