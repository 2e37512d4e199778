// Package unshared_object_made_or_found: a function returns an object that it
// makes or one that others have already.
package unshared_object_made_or_found

import "sync"

type Usage struct {
	mu   sync.Mutex
	next *Usage
	by   map[string]int
}

var spare *Usage

func getUsage() *Usage {
	if u := spare; u != nil {
		return u
	}
	return &Usage{by: make(map[string]int)}
}

func (u *Usage) add(name string, n int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.by[name] += n
}

func (u *Usage) Negative() *Usage {
	u.mu.Lock()
	defer u.mu.Unlock()
	t := getUsage()
	for name, n := range u.by {
		t.add(name, -n) // want peers: Usage.mu
	}
	return t
}

func (u *Usage) Keep() { spare = u }
