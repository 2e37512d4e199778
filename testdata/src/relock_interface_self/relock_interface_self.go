// Package relock_interface_self: a method calls back into its own receiver
// through an interface it was passed as.
package relock_interface_self

import "sync"

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

func (c *Counter) Run(depth int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n = 0
	walk(depth, c) // want relock: Counter.mu
}
