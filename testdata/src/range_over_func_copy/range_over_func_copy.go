// Package range_over_func_copy: the iterator copies under its lock and yields
// after it.
package range_over_func_copy

import "sync"

// want nothing

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
		names := append([]string(nil), r.names...)
		r.mu.Unlock()
		for _, n := range names {
			if !yield(n) {
				return
			}
		}
	}
}

func (a *Audit) Scan(r *Registry) {
	for n := range r.All() {
		a.mu.Lock()
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

// want no edge: Registry.mu -> Audit.mu
