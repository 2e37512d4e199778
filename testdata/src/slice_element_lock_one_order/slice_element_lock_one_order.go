// Package slice_element_lock_one_order: the locks of a slice are taken one
// after another under the one lock above them.
package slice_element_lock_one_order

import "sync"

// want nothing

type Shards struct {
	locks []sync.Mutex
	data  []int
}

type Totals struct {
	mu  sync.Mutex
	sum int
}

func (s *Shards) Add(i, n int) {
	s.locks[i].Lock()
	defer s.locks[i].Unlock()
	s.data[i] += n
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

// want edge: Totals.mu -> Shards.locks[*]
// want no edge: Shards.locks[*] -> Shards.locks[*]
