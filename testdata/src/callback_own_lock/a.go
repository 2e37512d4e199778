// Package callback_own_lock: a visitor calls what it is given under its own
// lock. The one whose callback goes on to take another lock is a part of an
// object; the one that is taken under that other lock is a package variable's.
package callback_own_lock

import "sync"

// want nothing

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
		f(n)
	}
	h.mu.Unlock()
}

var blockSize = NewHistogram()

func Print(out func(...any)) {
	sum := 0
	blockSize.Visit(func(n int) { sum += n })
	out(sum)
}

type Pending struct {
	mu   sync.Mutex
	rows []int
}

func (p *Pending) Push(n int) {
	p.mu.Lock()
	p.rows = append(p.rows, n)
	if len(p.rows) > 100 {
		blockSize.Update(len(p.rows))
		p.rows = p.rows[:0]
	}
	p.mu.Unlock()
}

type Aggregate struct {
	h Histogram
}

func (a *Aggregate) Add(v int) { a.h.Update(v) }

func (a *Aggregate) Flush(p *Pending) {
	a.h.Visit(func(n int) { p.Push(n) })
}
