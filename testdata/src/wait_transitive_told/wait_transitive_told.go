// Package wait_transitive_told: who waits under the lock has told the worker
// to end before, by a helper.
package wait_transitive_told

import "sync"

// want nothing

type Worker struct {
	mu   sync.Mutex
	quit chan struct{}
	done chan struct{}
}

func (w *Worker) Start() {
	go func() {
		defer close(w.done)
		<-w.quit
	}()
}

func (w *Worker) tell() { close(w.quit) }

func (w *Worker) Stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tell()
	<-w.done
}
