// Package relock_owner_left: a client that leaves is out of the hub before it
// tells the others, with its own lock held until it has.
package relock_owner_left

import "sync"

// want nothing

type Hub struct {
	mu      sync.Mutex
	clients map[string]*Client
}

type Client struct {
	mu   sync.Mutex
	hub  *Hub
	name string
	sent []string
}

func (h *Hub) Join(name string) *Client {
	c := &Client{hub: h, name: name}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clients[name] = c
	return c
}

func (h *Hub) leave(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.clients, name)
}

func (h *Hub) Broadcast(msg string) {
	h.mu.Lock()
	all := make([]*Client, 0, len(h.clients))
	for _, c := range h.clients {
		all = append(all, c)
	}
	h.mu.Unlock()
	for _, c := range all {
		c.deliver(msg)
	}
}

func (c *Client) deliver(msg string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent = append(c.sent, msg)
}

func (c *Client) Leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hub.leave(c.name)
	c.hub.Broadcast(c.name + " has left")
}
