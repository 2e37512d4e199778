// Package zero_variable: one order occurs only when a package variable that
// nothing stores is not zero.
package zero_variable

import "sync"

// want nothing

var simulated int64

type Clock struct {
	mu  sync.Mutex
	now int64
}

type Timers struct {
	mu   sync.Mutex
	next int64
}

func (c *Clock) Step(t *Timers) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now++
	if simulated != 0 {
		t.mu.Lock()
		c.now = t.next
		t.mu.Unlock()
	}
}

func (t *Timers) Check(c *Clock) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	t.next = max(t.next, c.now)
}

// want no edge: Clock.mu -> Timers.mu
