// Package leak_true: a step of a loop tells whether to go on, and goes on with
// the lock held on one way: its true is not "I have the lock".
package leak_true

import "sync"

type Writer struct {
	mu     sync.Mutex
	buf    []int
	closed bool
}

func (w *Writer) step(max int) bool {
	if w.closed {
		return false
	}

	// want leak: Writer.mu
	w.mu.Lock()
	n := max
	if n < 0 {
		n = len(w.buf)
		if n == 0 {
			return true
		}
	}
	w.buf = w.buf[n:]
	if cap(w.buf) == 0 {
		w.mu.Unlock()
		return !w.closed
	}
	w.mu.Unlock()
	return true
}

func (w *Writer) Run(max int) {
	for w.step(max) {
	}
}
