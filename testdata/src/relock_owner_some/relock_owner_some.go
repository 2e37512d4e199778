// Package relock_owner_some: a client tells those of its hub that wait for it,
// which it is not itself.
package relock_owner_some

import "sync"

// want nothing

type Hub struct {
	mu      sync.Mutex
	clients map[string]*Client
}

type Client struct {
	mu      sync.Mutex
	hub     *Hub
	name    string
	waiting bool
	sent    []string
}

func (h *Hub) Join(name string, waiting bool) *Client {
	c := &Client{hub: h, name: name, waiting: waiting}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clients[name] = c
	return c
}

func (h *Hub) Wake(msg string) {
	h.mu.Lock()
	var some []*Client
	for _, c := range h.clients {
		if c.waiting {
			some = append(some, c)
		}
	}
	h.mu.Unlock()
	for _, c := range some {
		c.deliver(msg)
	}
}

func (c *Client) deliver(msg string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent = append(c.sent, msg)
}

func (c *Client) Done() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.waiting {
		c.hub.Wake(c.name + " is done")
	}
}
