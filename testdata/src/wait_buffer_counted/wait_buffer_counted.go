// Package wait_buffer_counted: a queue with room for all that will be sent is
// filled under the lock that its server needs.
package wait_buffer_counted

import "sync"

// want nothing

type House struct {
	mu      sync.Mutex
	queries chan string
	known   map[string]bool
}

func New(names []string) *House {
	h := &House{queries: make(chan string, 2*len(names)+1), known: make(map[string]bool)}
	go h.serve()
	h.ask(names)
	return h
}

func (h *House) serve() {
	for name := range h.queries {
		h.mu.Lock()
		h.known[name] = true
		h.mu.Unlock()
	}
}

func (h *House) ask(names []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, name := range names {
		h.queries <- name
	}
}
