// Package set_hook: the function that takes the second lock is in a package
// variable that an init function sets.
package set_hook

import "sync"

var traceHook func(n int)
var tracer = &Tracer{}

func init() { traceHook = tracer.record }

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
		traceHook(h.n) // want cycle: Heap.mu Tracer.mu
	}
}

func (t *Tracer) record(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n = n
}

func (t *Tracer) Snapshot(h *Heap) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	t.n = h.n
}
