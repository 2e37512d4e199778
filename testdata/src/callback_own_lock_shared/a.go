// Package callback_own_lock_shared: the histogram that an object visits, with a
// callback that takes another lock, is one that two make alike: the object's
// own, unless it is told to use the package's.
package callback_own_lock_shared

import "sync"

type Histogram struct {
	mu     sync.Mutex
	counts []int
}

func NewHistogram() *Histogram { return &Histogram{counts: make([]int, 8)} }

func (h *Histogram) Update(v int) {
	h.mu.Lock()
	h.counts[v%len(h.counts)]++
	h.mu.Unlock()
}

func (h *Histogram) Visit(f func(n int)) { visit(h, f) }

func visit(h *Histogram, f func(n int)) {
	h.mu.Lock()
	for _, n := range h.counts {
		f(n) // want peers: Histogram.mu
	}
	h.mu.Unlock()
}

var blockSize = NewHistogram()

type Pending struct {
	mu   sync.Mutex
	rows []int
}

func (p *Pending) Push(n int) {
	p.mu.Lock()
	p.rows = append(p.rows, n)
	if len(p.rows) > 100 {
		blockSize.Update(len(p.rows)) // want cycle: Histogram.mu Pending.mu
		p.rows = p.rows[:0]
	}
	p.mu.Unlock()
}

type Aggregate struct {
	h *Histogram
}

func NewAggregate(common bool) *Aggregate {
	a := &Aggregate{h: NewHistogram()}
	if common {
		a.h = blockSize
	}
	return a
}

func (a *Aggregate) Flush(p *Pending) {
	a.h.Visit(func(n int) { p.Push(n) })
}
