// Package callback_own_lock_set: a visitor calls what it is given under its own
// lock, and one caller's callback takes a lock under which the same visitor's
// is taken.
package callback_own_lock_set

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

func (h *Histogram) Visit(f func(n int)) {
	h.mu.Lock()
	for _, n := range h.counts {
		f(n) // want peers: Histogram.mu
	}
	h.mu.Unlock()
}

var blockSize = NewHistogram()

func Print(p *Pending) {
	blockSize.Visit(func(n int) { p.Push(n) })
}

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
	h Histogram
}

func (a *Aggregate) Add(v int) { a.h.Update(v) }

func (a *Aggregate) Sum() int {
	sum := 0
	a.h.Visit(func(n int) { sum += n })
	return sum
}
