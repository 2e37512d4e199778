// Package goker_kubernetes_6632_fixed: a goroutine drains the channel before
// the monitor takes the lock.
package goker_kubernetes_6632_fixed

import (
	"sync"
	"time"
)

// want nothing

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
	for {
		select {
		case <-f.reset:
		case <-f.closed:
			go func() {
				for range f.reset {
				}
			}()
			f.mu.Lock()
			close(f.reset)
			f.reset = nil
			f.mu.Unlock()
			return
		}
	}
}

func (f *Framer) Write() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.written++
	if f.reset != nil {
		f.reset <- time.Second
	}
}
