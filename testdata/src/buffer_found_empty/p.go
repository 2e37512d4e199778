// Package buffer_found_empty: what is put in is signalled under the lock, into a buffer
// that was found empty under it. Nobody else signals.
package buffer_found_empty

import "sync"

// want nothing

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
	if n == b.next && len(b.ready) == 0 {
		b.ready <- struct{}{}
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
