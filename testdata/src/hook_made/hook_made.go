// Package hook_made hands a hook to the constructor of an object that is kept
// beside what the hook closes over, makes elements with a hook to their owner,
// and keeps them as the keys of a map.
package hook_made

import "sync"

type Cache[K comparable, V any] struct {
	mu   sync.Mutex
	m    map[K]V
	load func(K) V
}

func NewCache[K comparable, V any](load func(K) V) *Cache[K, V] {
	return &Cache[K, V]{m: map[K]V{}, load: load}
}

func (c *Cache[K, V]) Get(k K) V {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.m[k]; ok {
		return v
	}
	v := c.load(k) // want relock: Cache[int,int].mu
	c.m[k] = v
	return v
}

type Fib struct{ cache *Cache[int, int] }

func NewFib() *Fib {
	f := &Fib{}
	f.cache = NewCache(f.of)
	return f
}

func (f *Fib) of(n int) int {
	if n < 2 {
		return n
	}
	return f.cache.Get(n-1) + f.cache.Get(n-2)
}

type Pool struct {
	mu    sync.Mutex
	conns map[int]*Conn
}

type Conn struct {
	id     int
	closed func(*Conn)
}

func (p *Pool) Get(id int) *Conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := &Conn{id: id, closed: p.forget}
	p.conns[id] = c
	return c
}

func (p *Pool) forget(c *Conn) {
	p.mu.Lock()
	delete(p.conns, c.id)
	p.mu.Unlock()
}

func (c *Conn) Close() { c.closed(c) }

func (p *Pool) Shutdown() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close() // want relock: Pool.mu
	}
}

type Hub struct {
	mu      sync.Mutex
	clients map[*Client]bool
}

type Client struct{ hub *Hub }

func (h *Hub) Join() *Client {
	c := &Client{hub: h}
	h.mu.Lock()
	h.clients[c] = true
	h.mu.Unlock()
	return c
}

func (c *Client) Leave() {
	c.hub.mu.Lock()
	delete(c.hub.clients, c)
	c.hub.mu.Unlock()
}

func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.clients {
		c.Leave() // want relock: Hub.mu
	}
}
