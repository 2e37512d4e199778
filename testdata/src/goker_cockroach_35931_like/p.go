// Package goker_cockroach_35931_like: the streams are told under the lock of
// the registry, which a processor takes for each row.
package goker_cockroach_35931_like

import "sync"

type Registry struct {
	mu   sync.Mutex
	rows int
}

type Flow struct {
	reg     *Registry
	inbound chan int
}

func (f *Flow) Cancel() {
	f.reg.mu.Lock()
	defer f.reg.mu.Unlock()
	f.inbound <- -1 // want wait: Registry.mu Flow.inbound
}

func (f *Flow) Process() {
	for range f.inbound {
		f.reg.mu.Lock()
		f.reg.rows++
		f.reg.mu.Unlock()
	}
}
