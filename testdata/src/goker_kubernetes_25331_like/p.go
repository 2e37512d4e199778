// Package goker_kubernetes_25331_like: an error is sent under the lock that
// the watch takes for each result.
package goker_kubernetes_25331_like

import "sync"

type Watch struct {
	mu   sync.Mutex
	seen int
	errs chan error
}

func (w *Watch) Run() {
	for range w.errs {
		w.mu.Lock()
		w.seen++
		w.mu.Unlock()
	}
}

func (w *Watch) Fail(err error) {
	w.mu.Lock()
	w.seen++
	w.errs <- err // want wait: Watch.mu Watch.errs
	w.mu.Unlock()
}
