// Package lock_in_condition_released: the condition's callee has released its
// lock before the branch takes the other.
package lock_in_condition_released

import "sync"

// want nothing

type Replica struct {
	mu    sync.Mutex
	store *Store
	quiet bool
}

type Store struct {
	mu    sync.Mutex
	queue []*Replica
}

func (s *Store) enqueue(r *Replica) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, r)
	return len(s.queue) > 10
}

func (r *Replica) Tick() {
	if r.store.enqueue(r) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.quiet = true
	}
}

func (s *Store) Drain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.queue {
		r.mu.Lock()
		r.quiet = false
		r.mu.Unlock()
	}
}

// want edge: Store.mu -> Replica.mu
// want no edge: Replica.mu -> Store.mu
