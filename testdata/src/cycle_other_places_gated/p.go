// Package cycle_other_places_gated: as cycle_other_places, but one of the three
// holds a lock that whoever takes them the other way round holds too: to mend
// another leaves one.
package cycle_other_places_gated

import "sync"

var gate sync.Mutex

type Account struct {
	mu   sync.Mutex
	name string
}

type Client struct {
	mu  sync.Mutex
	acc *Account
	n   int
}

func (a *Account) Name() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.name
}

func (c *Client) detail() string { return "client of " + c.acc.Name() }

// Count takes Account.mu itself.
func (c *Client) Count() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.acc.mu.Lock() // want cycle: Client.mu Account.mu
	c.n = len(c.acc.name)
	c.acc.mu.Unlock()
}

// Details comes to it through detail, twice by the same call.
func (c *Client) Details() (s string) {
	gate.Lock()
	defer gate.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	for range c.n {
		s += c.detail()
	}
	return s
}

// Close comes to it through Name, and through detail by another call.
func (c *Client) Close() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == 0 {
		return c.detail()
	}
	return c.acc.Name()
}

// Evict takes them the other way round.
func (a *Account) Evict(c *Client) {
	gate.Lock()
	defer gate.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	c.mu.Lock()
	c.n = 0
	c.mu.Unlock()
}
