// Package anonymous_struct: the locks are in anonymous structs of their types.
package anonymous_struct

import "sync"

type Store struct {
	queue struct {
		sync.Mutex
		items []int
	}
	stats struct {
		mu sync.RWMutex
		n  int
	}
}

func (s *Store) Push(v int) {
	s.queue.Lock()
	defer s.queue.Unlock()
	s.queue.items = append(s.queue.items, v)
	s.stats.mu.Lock() // want cycle: Store.queue.Mutex Store.stats.mu
	defer s.stats.mu.Unlock()
	s.stats.n++
}

func (s *Store) Check() bool {
	s.stats.mu.RLock()
	defer s.stats.mu.RUnlock()
	s.queue.Lock()
	defer s.queue.Unlock()
	return len(s.queue.items) == s.stats.n
}
