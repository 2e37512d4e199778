// Package buffer_found_empty_untested: as buffer_found_empty, but nobody looks whether
// the buffer is empty.
package buffer_found_empty_untested

import "sync"

const size = 1

type Buffer struct {
	mu    sync.Mutex
	next  int
	all   map[int]string
	ready chan struct{}
}

func New() *Buffer {
	return &Buffer{all: make(map[int]string), ready: make(chan struct{}, size)}
}

func (b *Buffer) Push(n int, s string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all[n] = s
	if n == b.next {
		b.ready <- struct{}{} // want wait: Buffer.mu Buffer.ready
	}
}

// Serve runs in a goroutine of its own.
func (b *Buffer) Serve(use func(string)) {
	for range b.ready {
		for {
			s, ok := b.pop()
			if !ok {
				break
			}
			use(s)
		}
	}
}

func (b *Buffer) pop() (string, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.all[b.next]
	if ok {
		delete(b.all, b.next)
		b.next++
	}
	return s, ok
}
