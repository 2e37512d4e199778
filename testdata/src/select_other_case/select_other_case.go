// Package select_other_case: a select under a lock has a case that somebody
// can serve without the lock.
package select_other_case

import (
	"context"
	"sync"
)

// want nothing

type Hub struct {
	mu      sync.Mutex
	join    chan int
	members int
}

func (h *Hub) Step(ctx context.Context) {
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case n := <-h.join:
		h.members += n
	case <-ctx.Done():
	}
}

func (h *Hub) Join(n int) {
	h.mu.Lock()
	h.members += n
	h.mu.Unlock()
	h.join <- n
}
