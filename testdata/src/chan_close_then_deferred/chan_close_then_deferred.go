// Package chan_close_then_deferred: the lock is taken by what was deferred
// before the channel is closed, so after it.
package chan_close_then_deferred

import "sync"

// want nothing

type Watch struct {
	mu   sync.Mutex
	done chan struct{}
	n    int
}

func NewWatch() *Watch { return &Watch{done: make(chan struct{})} }

func (w *Watch) Stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	<-w.done
	w.n = 0
}

func (w *Watch) Run(steps int) {
	defer w.end()
	for range steps {
		defer w.end()
	}
	close(w.done)
}

func (w *Watch) end() {
	w.mu.Lock()
	w.n--
	w.mu.Unlock()
}
