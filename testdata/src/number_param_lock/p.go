// Package number_param_lock: a number says whether the callee locks: what is
// negative asks for no trace. On its way the number is adjusted if it is
// positive, which a negative one is not.
package number_param_lock

import "sync"

// want nothing

type Heap struct {
	mu   sync.Mutex
	goal int
}

func (h *Heap) SetGoal(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.goal = n
	h.event(-1)
}

func (h *Heap) Alloc() {
	h.event(1)
}

func (h *Heap) event(skip int) {
	if skip > 0 {
		if h.goal > 100 {
			skip++
		}
	}
	h.write(skip)
}

func (h *Heap) write(skip int) {
	if skip > 0 {
		h.record()
	}
}

func (h *Heap) record() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.goal--
}
