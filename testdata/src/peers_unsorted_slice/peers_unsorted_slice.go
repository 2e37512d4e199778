// Package peers_unsorted_slice: the locks of a slice that a caller gives are
// taken together in its order.
package peers_unsorted_slice

// gap: elements of a slice locked one by one are not told apart from a sorted one

import "sync"

type Tablet struct {
	mu  sync.Mutex
	key string
	n   int
}

func Count(ts []*Tablet) (n int) {
	for _, t := range ts {
		t.mu.Lock() // want peers: Tablet.mu
		defer t.mu.Unlock()
	}
	for _, t := range ts {
		n += t.n
	}
	return n
}
