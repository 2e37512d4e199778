// Package lock_in_condition: a call in the condition of an if takes the second
// lock.
package lock_in_condition

import "sync"

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
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.quiet && r.store.enqueue(r) { // want cycle: Replica.mu Store.mu
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
