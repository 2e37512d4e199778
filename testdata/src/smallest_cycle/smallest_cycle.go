// Package smallest_cycle: of two rings over one edge the smaller one is
// reported, and the larger one, which has the same cause, is not.
package smallest_cycle

import "sync"

type A struct {
	mu sync.Mutex
	n  int
}

type B struct {
	mu sync.Mutex
	n  int
}

type C struct {
	mu sync.Mutex
	n  int
}

func AB(a *A, b *B) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n += a.n
}

func BC(b *B, c *C) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += b.n
}

func AC(a *A, c *C) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += a.n
}

func ACAgain(a *A, c *C) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n -= a.n
}

// Back is the only edge against the order A, B, C.
func Back(a *A, c *C) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a.mu.Lock() // want cycle: A.mu C.mu
	defer a.mu.Unlock()
	a.n += c.n
}
