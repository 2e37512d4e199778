// Package registry_of_many_other: a registry calls, under its lock, all that are
// registered. Ten types implement their interface; the one that takes its own
// lock is in another registry, which has none.
package registry_of_many_other

import "sync"

// want nothing

type Collector interface{ Collect(ch chan<- int) }

type Registry struct {
	mu  sync.Mutex
	all []Collector
	n   int
}

func (r *Registry) Add(c Collector) {
	r.mu.Lock()
	r.all = append(r.all, c)
	r.mu.Unlock()
}

func (r *Registry) Collect(ch chan<- int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.all {
		c.Collect(ch)
	}
}

func (r *Registry) Size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.n
}

// A Plain registry has no lock.
type Plain struct{ all []Collector }

func (p *Plain) Add(c Collector) { p.all = append(p.all, c) }

func (p *Plain) Collect(ch chan<- int) {
	for _, c := range p.all {
		c.Collect(ch)
	}
}

type Tasks struct {
	mu  sync.RWMutex
	reg *Registry
	ids map[string]int
}

func NewTasks(r *Registry, p *Plain) *Tasks {
	t := &Tasks{reg: r, ids: make(map[string]int)}
	p.Add(t)
	return t
}

func (t *Tasks) Collect(ch chan<- int) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	ch <- len(t.ids)
}

func (t *Tasks) Add(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ids[id] = t.reg.Size()
}

type value0 struct{ n int }

func (v *value0) Collect(ch chan<- int) { ch <- v.n + 0 }

type value1 struct{ n int }

func (v *value1) Collect(ch chan<- int) { ch <- v.n + 1 }

type value2 struct{ n int }

func (v *value2) Collect(ch chan<- int) { ch <- v.n + 2 }

type value3 struct{ n int }

func (v *value3) Collect(ch chan<- int) { ch <- v.n + 3 }

type value4 struct{ n int }

func (v *value4) Collect(ch chan<- int) { ch <- v.n + 4 }

type value5 struct{ n int }

func (v *value5) Collect(ch chan<- int) { ch <- v.n + 5 }

type value6 struct{ n int }

func (v *value6) Collect(ch chan<- int) { ch <- v.n + 6 }

type value7 struct{ n int }

func (v *value7) Collect(ch chan<- int) { ch <- v.n + 7 }

type value8 struct{ n int }

func (v *value8) Collect(ch chan<- int) { ch <- v.n + 8 }

func Values(r *Registry) {
	r.Add(&value0{})
	r.Add(&value1{})
	r.Add(&value2{})
	r.Add(&value3{})
	r.Add(&value4{})
	r.Add(&value5{})
	r.Add(&value6{})
	r.Add(&value7{})
	r.Add(&value8{})
}
