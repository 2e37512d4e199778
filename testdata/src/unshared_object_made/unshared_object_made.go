// Package unshared_object_made: a constructor makes the object whose lock is
// taken; nobody else knows it yet.
package unshared_object_made

import "sync"

// want nothing

type Usage struct {
	mu sync.Mutex
	by map[string]int
}

func newUsage() *Usage { return &Usage{by: make(map[string]int)} }

func emptyUsage() *Usage {
	u := newUsage()
	u.by[""] = 0
	return u
}

func (u *Usage) add(name string, n int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.by[name] += n
}

// Negative fills one object under the lock of another.
func (u *Usage) Negative() *Usage {
	u.mu.Lock()
	defer u.mu.Unlock()
	t := emptyUsage()
	for name, n := range u.by {
		t.add(name, -n)
	}
	return t
}
