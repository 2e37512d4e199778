// Package number_param_lock_wrong: a number says whether the callee locks. The
// caller that holds the lock passes one that does, and on its way the number
// is adjusted.
package number_param_lock_wrong

import "sync"

type Heap struct {
	mu   sync.Mutex
	goal int
}

func (h *Heap) SetGoal(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.goal = n
	h.event(2)
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
		h.record() // want relock: Heap.mu
	}
}

func (h *Heap) record() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.goal--
}
