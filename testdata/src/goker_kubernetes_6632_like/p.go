// Package goker_kubernetes_6632_like: a frame is written, and the monitor told
// of it, under the lock that the monitor takes between two frames.
package goker_kubernetes_6632_like

import (
	"sync"
	"time"
)

type Framer struct {
	mu      sync.Mutex
	written int
	reset   chan time.Duration
	closed  chan struct{}
}

func NewFramer() *Framer {
	f := &Framer{reset: make(chan time.Duration), closed: make(chan struct{})}
	go f.monitor()
	return f
}

func (f *Framer) monitor() {
	for range f.reset {
		f.mu.Lock()
		f.written = 0
		f.mu.Unlock()
	}
}

func (f *Framer) Write() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.written++
	f.reset <- time.Second // want wait: Framer.mu Framer.reset
}
