// Package unused_method has an unexported type with a method that nothing calls
// yet.
package unused_method

import "sync"

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func (c *counter) twice() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add() // want relock: counter.mu
}

func (c *counter) both() {
	c.add()
	c.add()
}
