// Package back_pointer_map: each element of a map leads back to the owner of the map,
// whose read lock is held over the visit.
package back_pointer_map

import "sync"

type Store struct {
	mu       sync.RWMutex
	queue    *queue
	replicas map[int]*Replica
	ticks    int
}

type Replica struct{ store *Store }

type queue struct {
	mu   sync.Mutex
	size int
}

func NewStore() *Store {
	s := &Store{queue: &queue{}, replicas: make(map[int]*Replica)}
	for i := range 3 {
		r := &Replica{store: s}
		s.replicas[i] = r
	}
	return s
}

func (q *queue) add(r *Replica) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.size += r.store.status()
}

func (s *Store) Scan() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, r := range s.replicas {
		s.queue.add(r)
	}
}

func (s *Store) status() int {
	s.mu.RLock() // want rlock: Store.mu
	defer s.mu.RUnlock()
	return s.ticks
}

func (s *Store) Tick() {
	s.mu.Lock()
	s.ticks++
	s.mu.Unlock()
}
