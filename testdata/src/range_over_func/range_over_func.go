// Package range_over_func: the body of a range-over-func loop runs under the
// iterator's lock.
package range_over_func

import "sync"

type Registry struct {
	mu    sync.Mutex
	names []string
}

type Audit struct {
	mu   sync.Mutex
	seen []string
}

func (r *Registry) All() func(yield func(string) bool) {
	return func(yield func(string) bool) {
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, n := range r.names {
			if !yield(n) {
				return
			}
		}
	}
}

func (a *Audit) Scan(r *Registry) {
	for n := range r.All() {
		a.mu.Lock() // want cycle: Registry.mu Audit.mu
		a.seen = append(a.seen, n)
		a.mu.Unlock()
	}
}

func (a *Audit) Add(r *Registry, n string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = append(r.names, n)
}
