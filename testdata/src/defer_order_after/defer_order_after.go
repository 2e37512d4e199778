// Package defer_order_after: the callback is deferred before the unlock and so
// runs after it.
package defer_order_after

import "sync"

// want nothing

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
	defer h.run()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
}

func (h *Hook) Load(s *Store) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	h.n = s.n
}

// want no edge: Store.mu -> Hook.mu
