// Package slice_element_lock: one lock of each order is an element of an array
// of mutexes.
package slice_element_lock

import "sync"

type Shards struct {
	locks [16]sync.Mutex
	data  [16]int
}

type Totals struct {
	mu  sync.Mutex
	sum int
}

func (s *Shards) Add(i, n int, t *Totals) {
	s.locks[i].Lock()
	defer s.locks[i].Unlock()
	s.data[i] += n
	t.mu.Lock() // want cycle: Shards.locks[*] Totals.mu
	t.sum += n
	t.mu.Unlock()
}

func (t *Totals) Recount(s *Shards) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sum = 0
	for i := range s.locks {
		s.locks[i].Lock()
		t.sum += s.data[i]
		s.locks[i].Unlock()
	}
}
