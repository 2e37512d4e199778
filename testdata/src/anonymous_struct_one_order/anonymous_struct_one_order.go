// Package anonymous_struct_one_order: the locks are in anonymous structs of
// their type, and are two classes, not one.
package anonymous_struct_one_order

import "sync"

// want nothing

type Store struct {
	queue struct {
		sync.Mutex
		items []int
	}
	stats struct {
		sync.Mutex
		n int
	}
}

func (s *Store) Push(v int) {
	s.queue.Lock()
	defer s.queue.Unlock()
	s.queue.items = append(s.queue.items, v)
	s.stats.Lock()
	defer s.stats.Unlock()
	s.stats.n++
}

// want edge: Store.queue.Mutex -> Store.stats.Mutex
