// Package sort_interface_other: what is sorted under the lock compares without
// one. The type whose Less takes a lock is sorted when nothing is held.
package sort_interface_other

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

type byRank struct {
	ids   []int
	ranks *Ranks
}

func (b byRank) Len() int           { return len(b.ids) }
func (b byRank) Swap(i, j int)      { b.ids[i], b.ids[j] = b.ids[j], b.ids[i] }
func (b byRank) Less(i, j int) bool { return b.ranks.get(b.ids[i]) < b.ranks.get(b.ids[j]) }

func (l *List) Sort() {
	l.mu.Lock()
	defer l.mu.Unlock()
	sort.Sort(sort.IntSlice(l.ids))
}

func (l *List) ByRank(r *Ranks) []int {
	l.mu.Lock()
	ids := append([]int(nil), l.ids...)
	l.mu.Unlock()
	sort.Sort(byRank{ids, r})
	return ids
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
