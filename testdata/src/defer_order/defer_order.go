// Package defer_order: deferred calls run last first: the callback runs before
// the unlock that was deferred earlier.
package defer_order

import "sync"

type Store struct {
	mu sync.Mutex
	n  int
}

type Hook struct {
	mu sync.Mutex
	n  int
}

func (h *Hook) run() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n++
}

func (s *Store) Put(h *Hook) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer h.run() // want cycle: Store.mu Hook.mu
	s.n++
}

func (h *Hook) Load(s *Store) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	h.n = s.n
}
