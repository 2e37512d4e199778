// Package unlock_all_skipped: a function locks all of a collection through one
// callee and unlocks all of it through another; that the second's loop could
// be skipped is no way of its own.
package unlock_all_skipped

import "sync"

// want nothing

type Part struct {
	mu sync.Mutex
	n  int
}

type Whole struct {
	parts []*Part
	total int
}

func (w *Whole) lockAll() {
	for _, p := range w.parts {
		p.mu.Lock()
	}
}

func (w *Whole) unlockAll() {
	for _, p := range w.parts {
		p.mu.Unlock()
	}
}

func (w *Whole) Sum() int {
	w.lockAll()
	defer w.unlockAll()
	w.total = 0
	for _, p := range w.parts {
		w.total += p.n
	}
	return w.total
}

func (w *Whole) Twice() int { return w.Sum() + w.Sum() }
