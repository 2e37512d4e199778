// Package unshared_object_made_known: a constructor makes the object whose lock
// is taken, and puts it where others find it.
package unshared_object_made_known

import "sync"

type Usage struct {
	mu sync.Mutex
	by map[string]int
}

var all []*Usage

func newUsage() *Usage {
	u := &Usage{by: make(map[string]int)}
	all = append(all, u)
	return u
}

func (u *Usage) add(name string, n int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.by[name] += n
}

func (u *Usage) Negative() *Usage {
	u.mu.Lock()
	defer u.mu.Unlock()
	t := newUsage()
	for name, n := range u.by {
		t.add(name, -n) // want peers: Usage.mu
	}
	return t
}
