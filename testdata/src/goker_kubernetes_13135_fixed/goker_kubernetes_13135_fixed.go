// Package goker_kubernetes_13135_fixed: the callback for an event is called
// after the watch cache is unlocked.
package goker_kubernetes_13135_fixed

import "sync"

// want nothing

type Watch struct {
	mu                 sync.Mutex
	onReplace, onEvent func()
	n                  int
}

type Cacher struct {
	mu    sync.Mutex
	watch *Watch
	n     int
}

func (w *Watch) Replace() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n = 0
	w.onReplace()
}

func (w *Watch) Add() {
	w.mu.Lock()
	w.n++
	f := w.onEvent
	w.mu.Unlock()
	f()
}

func (c *Cacher) event() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func NewCacher() *Cacher {
	c := &Cacher{}
	c.watch = &Watch{onReplace: func() { c.mu.Unlock() }, onEvent: c.event}
	return c
}

// Start holds the cacher's lock until onReplace releases it.
func (c *Cacher) Start() {
	c.mu.Lock()
	c.watch.Replace()
}

// want edge: Cacher.mu -> Watch.mu
// want no edge: Watch.mu -> Cacher.mu
