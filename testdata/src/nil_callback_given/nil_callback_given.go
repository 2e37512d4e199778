// Package nil_callback_given: the same as nil_callback with a callback where
// nil was.
package nil_callback_given

import "sync"

type Walker struct{ frames []int }

type Stack struct {
	mu    sync.Mutex
	depth int
}

type Heap struct {
	mu     sync.Mutex
	marked int
}

func (w *Walker) walk(visit func(int)) int {
	for _, f := range w.frames {
		if visit != nil {
			visit(f)
		}
	}
	return len(w.frames)
}

func Depth(w *Walker, s *Stack, h *Heap) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.depth = w.walk(func(int) {
		h.mu.Lock() // want cycle: Heap.mu Stack.mu
		defer h.mu.Unlock()
		h.marked++
	})
}

func Report(s *Stack, h *Heap) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	h.marked += s.depth
}
