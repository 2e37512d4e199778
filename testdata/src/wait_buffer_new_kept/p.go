// Package wait_buffer_new_kept: the first value goes into the buffer when the
// object is known to others, who may have filled it.
package wait_buffer_new_kept

import "sync"

type Hub struct {
	mu       sync.Mutex
	watchers []*Watcher
	last     int
}

type Watcher struct {
	hub    *Hub
	events chan int
}

func (h *Hub) Watch() *Watcher {
	w := &Watcher{hub: h, events: make(chan int, 2)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watchers = append(h.watchers, w)
	if h.last > 0 {
		w.events <- h.last // want wait: Hub.mu Watcher.events
	}
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

func (h *Hub) Notify(n int) {
	h.mu.Lock()
	watchers := h.watchers
	h.last = n
	h.mu.Unlock()
	for _, w := range watchers {
		w.events <- n
	}
}
