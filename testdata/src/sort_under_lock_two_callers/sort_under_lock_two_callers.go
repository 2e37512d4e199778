// Package sort_under_lock_two_callers: two callers give the standard library
// different closures.
package sort_under_lock_two_callers

import (
	"sort"
	"sync"
)

// want nothing

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

// Sort compares without a lock of its own but under the list's.
func (l *List) Sort() {
	l.mu.Lock()
	defer l.mu.Unlock()
	sort.Slice(l.ids, func(i, j int) bool { return l.ids[i] < l.ids[j] })
}

// SortCopy compares by rank, holding nothing.
func SortCopy(ids []int, r *Ranks) {
	sort.Slice(ids, func(i, j int) bool { return r.get(ids[i]) < r.get(ids[j]) })
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

// want no edge: List.mu -> Ranks.mu
