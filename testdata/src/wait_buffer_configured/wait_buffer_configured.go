// Package wait_buffer_configured: a queue, as long as its maker was told, is
// filled under the lock that its server needs.
package wait_buffer_configured

import "sync"

type Config map[string]int

func (c Config) Get(name string, other int) int {
	if n, ok := c[name]; ok {
		return n
	}
	return other
}

type House struct {
	mu      sync.Mutex
	queries chan string
	known   map[string]bool
}

func New(c Config) *House {
	h := &House{queries: make(chan string, c.Get("queries", 64)), known: make(map[string]bool)}
	go h.serve()
	return h
}

func (h *House) serve() {
	for name := range h.queries {
		h.mu.Lock()
		h.known[name] = true
		h.mu.Unlock()
	}
}

func (h *House) Ask(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.known[name] {
		h.queries <- name // want wait: House.mu House.queries
	}
}
