// Package sort_interface_under_lock: the Less that sort.Sort calls takes the
// second lock.
package sort_interface_under_lock

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

type byRank struct {
	ids   []int
	ranks *Ranks
}

func (b byRank) Len() int           { return len(b.ids) }
func (b byRank) Swap(i, j int)      { b.ids[i], b.ids[j] = b.ids[j], b.ids[i] }
func (b byRank) Less(i, j int) bool { return b.ranks.get(b.ids[i]) < b.ranks.get(b.ids[j]) }

func (l *List) Sort(r *Ranks) {
	l.mu.Lock()
	defer l.mu.Unlock()
	sort.Sort(byRank{l.ids, r}) // want cycle: List.mu Ranks.mu
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
