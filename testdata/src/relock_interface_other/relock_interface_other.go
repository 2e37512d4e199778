// Package relock_interface_other: a method passes another object of its type
// as the interface.
package relock_interface_other

import "sync"

// want nothing

type Visitor interface{ Visit(n int) }

type Counter struct {
	mu sync.Mutex
	n  int
}

func walk(depth int, v Visitor) {
	for i := range depth {
		v.Visit(i)
	}
}

func (c *Counter) Visit(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += n
}

// Run counts on a fresh counter.
func (c *Counter) Run(depth int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	d := &Counter{}
	walk(depth, d)
	c.n = d.n
}
