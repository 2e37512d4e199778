// Package goker_kubernetes_13135_like: a lock is held over a call into another
// object, whose callback releases it; events of that object take it under the
// object's lock.
package goker_kubernetes_13135_like

import "sync"

type Store interface{ Replace(n int) }

type Watch struct {
	mu    sync.RWMutex
	ready func()
	event func(int)
	n     int
}

type Cacher struct {
	mu    sync.Mutex
	store Store
	n     int
}

func (w *Watch) Replace(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n = n
	if w.ready != nil {
		w.ready()
	}
}

func (w *Watch) Add(n int) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	w.event(n)
}

func NewCacher() (*Cacher, *Watch) {
	w := &Watch{}
	c := &Cacher{store: w}
	w.ready = func() { c.mu.Unlock() }
	w.event = func(n int) {
		c.mu.Lock() // want cycle: Cacher.mu Watch.mu
		defer c.mu.Unlock()
		c.n += n
	}
	return c, w
}

func (c *Cacher) Start() {
	c.mu.Lock()
	c.n = 0
	c.store.Replace(1)
}
