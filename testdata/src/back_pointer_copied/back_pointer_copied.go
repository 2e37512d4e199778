// Package back_pointer_copied: the children are copied out of their owner's
// list first, and each asks its owner for a name, under the owner's lock.
package back_pointer_copied

import (
	"slices"
	"sync"
)

type Stream struct {
	mu    sync.RWMutex
	label string

	listMu sync.RWMutex
	list   []*Reader
}

type Reader struct {
	stream *Stream
	left   int
}

func (s *Stream) NewReader() *Reader {
	r := &Reader{stream: s}
	s.listMu.Lock()
	s.list = append(s.list, r)
	s.listMu.Unlock()
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

func (r *Reader) Stop() { r.stream = nil }

func (s *Stream) Purge(lock bool) {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.listMu.RLock()
	readers := slices.Clone(s.list)
	s.listMu.RUnlock()
	for _, r := range readers {
		r.purge() // want relock: Stream.mu
	}
}

func (s *Stream) Drain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range append([]*Reader(nil), s.list...) {
		r.purge() // want relock: Stream.mu
	}
}

func (s *Stream) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	readers := make([]*Reader, len(s.list))
	copy(readers, s.list)
	for _, r := range readers {
		r.purge() // want relock: Stream.mu
	}
}

// Reset holds no lock: that others do is the fault of each.
func (s *Stream) Reset(r *Reader) string { return r.purge() }
