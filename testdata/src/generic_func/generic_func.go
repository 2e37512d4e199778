// Package generic_func: a generic function calls a method of its type
// parameter under a lock.
package generic_func

import "sync"

type flusher interface{ Flush() }

type Buffer struct {
	mu  sync.Mutex
	n   int
	set *Set
}

type Set struct {
	mu   sync.Mutex
	size int
}

func (b *Buffer) Flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n = 0
}

func flushAll[F flusher](s *Set, fs []F) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range fs {
		f.Flush() // want cycle: Buffer.mu Set.mu
	}
}

func FlushBuffers(s *Set, bs []*Buffer) { flushAll(s, bs) }

func (b *Buffer) Join() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.set.mu.Lock()
	defer b.set.mu.Unlock()
	b.set.size++
}
