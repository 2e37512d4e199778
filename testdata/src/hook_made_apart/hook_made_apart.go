// Package hook_made_apart has the same hooks, to another object: a constructor
// gets one of the object beside, elements that of whom they came from, and the
// keys of a map are moved to another owner.
package hook_made_apart

import "sync"

type Cache struct {
	mu   sync.Mutex
	m    map[int]int
	load func(int) int
}

func NewCache(load func(int) int) *Cache { return &Cache{m: map[int]int{}, load: load} }

func (c *Cache) Get(k int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.load(k)
}

// Tiers ask the cache below, which asks nobody.
type Tiers struct{ high, low *Cache }

func NewTiers() *Tiers {
	t := &Tiers{low: NewCache(func(n int) int { return n })}
	t.high = NewCache(t.below)
	return t
}

func (t *Tiers) below(n int) int { return t.low.Get(n) }

type Hub struct {
	mu      sync.Mutex
	clients map[*Client]bool
	kept    map[*Client]bool
}

type Client struct{ hub *Hub }

func (h *Hub) Join() *Client {
	c := &Client{hub: h}
	h.mu.Lock()
	h.clients[c] = true
	h.mu.Unlock()
	return c
}

// Keep takes over the clients of another hub, which they still leave.
func (h *Hub) Keep(from *Hub) {
	from.mu.Lock()
	all := from.clients
	from.clients = nil
	from.mu.Unlock()
	h.mu.Lock()
	h.kept = all
	h.mu.Unlock()
}

func (c *Client) Leave() {
	c.hub.mu.Lock()
	delete(c.hub.clients, c)
	c.hub.mu.Unlock()
}

func (h *Hub) Close() {
	h.mu.Lock()
	kept := h.kept
	h.kept = nil
	h.mu.Unlock()
	for c := range kept {
		c.Leave()
	}
}

// want nothing
