// Package wait_buffer_new: under the lock, the first value goes into the
// buffer of a channel that was made for a new object. A closure that is made
// later shares the variable.
package wait_buffer_new

import "sync"

// want nothing

type Hub struct {
	mu       sync.Mutex
	watchers []*Watcher
	last     int
}

type Watcher struct {
	hub    *Hub
	events chan int
	remove func()
}

func (h *Hub) Watch() *Watcher {
	w := &Watcher{hub: h, events: make(chan int, 2)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.last > 0 {
		w.events <- h.last
		return w
	}
	h.watchers = append(h.watchers, w)
	w.remove = func() { w.hub = nil }
	return w
}

// Next locks the hub before it receives.
func (w *Watcher) Next() int {
	for {
		w.hub.mu.Lock()
		n := w.hub.last
		w.hub.mu.Unlock()
		if e := <-w.events; e >= n {
			return e
		}
	}
}
