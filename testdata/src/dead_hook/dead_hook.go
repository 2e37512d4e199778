// Package dead_hook: the function that would take the second lock is in a
// package variable that nothing ever sets.
package dead_hook

import "sync"

// want nothing

var traceHook func(n int)

type Heap struct {
	mu sync.Mutex
	n  int
}

type Tracer struct {
	mu sync.Mutex
	n  int
}

func (h *Heap) Alloc() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n++
	if traceHook != nil {
		traceHook(h.n)
	}
}

func (t *Tracer) record(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n = n
}

func (t *Tracer) Snapshot(h *Heap) {
	t.record(1)
	t.mu.Lock()
	defer t.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	t.n = h.n
}

// want no edge: Heap.mu -> Tracer.mu
