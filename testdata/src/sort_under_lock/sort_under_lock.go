// Package sort_under_lock: a closure given to the standard library takes the
// second lock.
package sort_under_lock

import (
	"sort"
	"sync"
)

type List struct {
	mu  sync.Mutex
	ids []int
}

type Ranks struct {
	mu sync.Mutex
	of map[int]int
}

func (r *Ranks) get(id int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.of[id]
}

func (l *List) Sort(r *Ranks) {
	l.mu.Lock()
	defer l.mu.Unlock()
	sort.Slice(l.ids, func(i, j int) bool { return r.get(l.ids[i]) < r.get(l.ids[j]) }) // want cycle: List.mu Ranks.mu
}

func (r *Ranks) Rank(l *List) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, id := range l.ids {
		r.of[id] = i
	}
}
