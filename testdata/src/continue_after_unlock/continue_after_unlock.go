// Package continue_after_unlock: a loop goes on after each of its unlocks.
package continue_after_unlock

import "sync"

// want nothing

type Queue struct {
	mu    sync.Mutex
	items []int
}

func (q *Queue) Drain(keep func(int) bool) (kept []int) {
	for {
		q.mu.Lock()
		if len(q.items) == 0 {
			q.mu.Unlock()
			break
		}
		v := q.items[0]
		q.items = q.items[1:]
		if v < 0 {
			q.mu.Unlock()
			continue
		}
		q.mu.Unlock()
		if keep(v) {
			kept = append(kept, v)
		}
	}
	return kept
}
