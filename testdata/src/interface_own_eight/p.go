// Package interface_own_eight: an interface of the package's own has eight
// implementations there, and one of them takes the locks the other way round.
package interface_own_eight

import (
	"sync"
)

// Writer is what a server writes to.
type Writer interface{ Write(p []byte) (int, error) }

// A Server writes to one of its writers.
type Server struct {
	mu   sync.Mutex
	done int
	out  Writer
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

type Half struct{ n int }

func (w *Half) Write(p []byte) (int, error) { w.n += len(p) / 2; return len(p), nil }

type Third struct{ n int }

func (w *Third) Write(p []byte) (int, error) { w.n += len(p) / 3; return len(p), nil }

type Fourth struct{ n int }

func (w *Fourth) Write(p []byte) (int, error) { w.n += len(p) / 4; return len(p), nil }

type Fifth struct{ n int }

func (w *Fifth) Write(p []byte) (int, error) { w.n += len(p) / 5; return len(p), nil }

func New(kind string) *Server {
	s := &Server{}
	switch kind {
	case "file":
		s.out = &File{s: s}
	case "memory":
		s.out = &Memory{}
	case "twice":
		s.out = &Twice{}
	case "half":
		s.out = &Half{}
	case "third":
		s.out = &Third{}
	case "fourth":
		s.out = &Fourth{}
	case "fifth":
		s.out = &Fifth{}
	default:
		s.out = Nothing{}
	}
	return s
}

func (s *Server) Log(p []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out.Write(p) // want cycle: Server.mu File.mu
}

func (f *File) Rotate() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.s.mu.Lock()
	defer f.s.mu.Unlock()
	f.s.done++
}
