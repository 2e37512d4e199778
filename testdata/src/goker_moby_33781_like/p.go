// Package goker_moby_33781_like: the monitor is told to stop under the lock
// that it takes between two probes.
package goker_moby_33781_like

import "sync"

type Health struct {
	mu    sync.Mutex
	fails int
	stop  chan struct{}
}

func (h *Health) probe() {
	h.mu.Lock()
	h.fails++
	h.mu.Unlock()
}

func (h *Health) Monitor() {
	h.probe()
	<-h.stop
}

func (h *Health) Stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stop <- struct{}{} // want wait: Health.mu Health.stop
}
