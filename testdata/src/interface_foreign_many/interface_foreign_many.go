// Package interface_foreign_many: of four types that fit an interface of
// another package one takes the locks the other way round; it is not told at
// the default confidence.
package interface_foreign_many

import (
	"io"
	"sync"
)

// want nothing

// A Server writes to one of four writers.
type Server struct {
	mu   sync.Mutex
	done int
	out  io.Writer
}

type File struct {
	mu sync.Mutex
	s  *Server
	n  int
}

func (f *File) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n += len(p)
	return len(p), nil
}

type Memory struct{ n int }

func (m *Memory) Write(p []byte) (int, error) { m.n += len(p); return len(p), nil }

type Nothing struct{}

func (Nothing) Write(p []byte) (int, error) { return len(p), nil }

type Twice struct{ n int }

func (t *Twice) Write(p []byte) (int, error) { t.n += 2 * len(p); return len(p), nil }

func New(kind string) *Server {
	s := &Server{}
	switch kind {
	case "file":
		s.out = &File{s: s}
	case "memory":
		s.out = &Memory{}
	case "twice":
		s.out = &Twice{}
	default:
		s.out = Nothing{}
	}
	return s
}

func (s *Server) Log(p []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out.Write(p)
}

func (f *File) Rotate() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.s.done++
}
