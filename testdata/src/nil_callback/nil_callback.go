// Package nil_callback: the caller that holds the lock passes nil for the
// callback.
package nil_callback

import "sync"

// want nothing

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

// Depth only counts.
func Depth(w *Walker, s *Stack) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.depth = w.walk(nil)
}

// Mark visits, holding nothing.
func Mark(w *Walker, h *Heap) {
	w.walk(func(int) {
		h.mu.Lock()
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

// want edge: Heap.mu -> Stack.mu
// want no edge: Stack.mu -> Heap.mu
