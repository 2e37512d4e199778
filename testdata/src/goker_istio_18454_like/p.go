// Package goker_istio_18454_like: the worker is waited for under the lock that
// it takes when its timer fires.
package goker_istio_18454_like

import (
	"sync"
	"time"
)

type Worker struct {
	mu    sync.Mutex
	n     int
	timer *time.Timer
	gone  chan struct{}
}

func (w *Worker) Run() {
	<-w.timer.C
	w.mu.Lock()
	w.n++
	w.mu.Unlock()
	close(w.gone)
}

func (w *Worker) Stop() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer.Reset(0)
	<-w.gone // want wait: Worker.mu Worker.gone
}
