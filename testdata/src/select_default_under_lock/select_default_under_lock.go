// Package select_default_under_lock: a select with default does not wait.
package select_default_under_lock

import "sync"

// want nothing

type Hub struct {
	mu      sync.Mutex
	wake    chan struct{}
	members int
}

func (h *Hub) Join() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.members++
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

func (h *Hub) Loop() {
	for {
		<-h.wake
		h.mu.Lock()
		h.members--
		h.mu.Unlock()
	}
}
