// Package cycle_other_places: three functions take the locks one way round, one
// of them through two calls, and one the other way. To mend one of the three
// leaves two.
package cycle_other_places

import "sync"

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
	a.mu.Lock()
	defer a.mu.Unlock()
	c.mu.Lock()
	c.n = 0
	c.mu.Unlock()
}
