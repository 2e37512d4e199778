// Package chan_close_without_lock: a receiver waits under a lock for the close
// of a channel, and who closes it takes no lock.
package chan_close_without_lock

import (
	"sync"
	"time"
)

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
	w.n = 0
	<-w.done
}

func (w *Watch) Run(steps int) {
	defer close(w.done)
	for range steps {
		time.Sleep(time.Millisecond)
	}
}
