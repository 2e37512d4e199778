// Package leak_continue_retry: a search goes from room to room, unlocks those
// that will not do, and leaves the loop with the last one locked. What it
// found it returns, and its caller unlocks it.
package leak_continue_retry

import "sync"

// want nothing

type Room struct {
	mu   sync.Mutex
	next *Room
	full bool
}

func first(r *Room) *Room {
	for {
		r.mu.Lock()
		if r.full && r.next != nil {
			next := r.next
			r.mu.Unlock()
			r = next
			continue
		}
		break
	}
	return r
}

func Book(r *Room) {
	found := first(r)
	found.full = true
	found.mu.Unlock()
}
