// Package relock_owner_all: a client tells all clients of its hub of its new
// name, with its own lock held. It is one of them.
package relock_owner_all

import "sync"

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

func (c *Client) Rename(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.name = name
	c.hub.Broadcast("I am " + name) // want relock: Client.mu
}
