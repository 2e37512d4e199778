// Package defer_closure: a deferred closure unlocks and then calls back.
package defer_closure

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
	s.mu.Lock()
	defer func() {
		s.mu.Unlock()
		h.run()
	}()
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
