// Package goker_cockroach_18101_like: a range is sent under the lock that the
// importer takes between two ranges.
package goker_cockroach_18101_like

import "sync"

type Restore struct {
	mu    sync.Mutex
	sent  int
	done  int
	ready chan int
}

func (r *Restore) Scatter(ranges int) {
	for i := range ranges {
		r.mu.Lock()
		r.sent++
		r.ready <- i // want wait: Restore.mu Restore.ready
		r.mu.Unlock()
	}
}

func (r *Restore) Import() {
	for range r.ready {
		r.mu.Lock()
		r.done++
		r.mu.Unlock()
	}
}
