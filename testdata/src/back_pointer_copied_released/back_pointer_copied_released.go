// Package back_pointer_copied_released: the children are copied out of their
// owner's list under its lock, and asked when it is released.
package back_pointer_copied_released

import (
	"slices"
	"sync"
)

// want nothing

type Stream struct {
	mu    sync.RWMutex
	label string
	list  []*Reader
}

type Reader struct {
	stream *Stream
	left   int
}

func (s *Stream) NewReader() *Reader {
	r := &Reader{stream: s}
	s.mu.Lock()
	s.list = append(s.list, r)
	s.mu.Unlock()
	return r
}

func (s *Stream) name() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.label
}

func (r *Reader) purge() string {
	r.left = 0
	return r.stream.name()
}

func (s *Stream) Purge() {
	s.mu.Lock()
	readers := slices.Clone(s.list)
	s.mu.Unlock()
	for _, r := range readers {
		r.purge()
	}
}
