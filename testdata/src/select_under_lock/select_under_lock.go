// Package select_under_lock: a select without default waits under a lock that
// both of its senders take first.
package select_under_lock

import "sync"

type Hub struct {
	mu      sync.Mutex
	join    chan int
	leave   chan int
	members int
}

func (h *Hub) Step() {
	h.mu.Lock()
	defer h.mu.Unlock()
	select { // want wait: Hub.mu Hub.join Hub.leave
	case n := <-h.join:
		h.members += n
	case n := <-h.leave:
		h.members -= n
	}
}

func (h *Hub) Join(n int) {
	h.mu.Lock()
	n = min(n, h.members)
	h.mu.Unlock()
	h.join <- n
}

func (h *Hub) Leave(n int) {
	h.mu.Lock()
	n = min(n, h.members)
	h.mu.Unlock()
	h.leave <- n
}
