// Package peers_sorted_slice: the locks of a slice are taken together after it
// was sorted.
package peers_sorted_slice

import (
	"sort"
	"sync"
)

// want nothing

type Tablet struct {
	mu  sync.Mutex
	key string
	n   int
}

func LockAll(ts []*Tablet) (unlock func()) {
	sort.Slice(ts, func(i, j int) bool { return ts[i].key < ts[j].key })
	for _, t := range ts {
		t.mu.Lock()
	}
	return func() {
		for _, t := range ts {
			t.mu.Unlock()
		}
	}
}

func Count(ts []*Tablet) (n int) {
	defer LockAll(ts)()
	for _, t := range ts {
		n += t.n
	}
	return n
}
