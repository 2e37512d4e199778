// Package select_other_case: a select under a lock has a case that somebody
// can serve without the lock.
package select_other_case

import (
	"sync"
	"time"
)

// want nothing

type Hub struct {
	mu      sync.Mutex
	join    chan int
	members int
}

func (h *Hub) Step() {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case n := <-h.join:
		h.members += n
	case <-time.After(time.Second):
	}
}

func (h *Hub) Join(n int) {
	h.mu.Lock()
	h.members += n
	h.mu.Unlock()
	h.join <- n
}
