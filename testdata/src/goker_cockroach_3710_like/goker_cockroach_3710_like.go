// Package goker_cockroach_3710_like: a read lock is held over a visit of a
// slice's elements, each of which leads back to its owner and reads it.
package goker_cockroach_3710_like

import "sync"

type Store struct {
	mu       sync.RWMutex
	replicas []*Replica
	ticks    int
}

type Replica struct{ size int }

func (s *Store) Scan() (n int) {
	s.mu.RLock()
	for _, r := range s.replicas {
		n += r.truncatable(s) // want rlock: Store.mu
	}
	s.mu.RUnlock()
	return n
}

func (r *Replica) truncatable(s *Store) int { return r.size - s.status() }

func (s *Store) status() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.ticks
}

func (s *Store) Tick() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ticks++
}
