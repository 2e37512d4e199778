// Package closure_in_map: handlers are stored in a map and called under the
// map's lock.
package closure_in_map

import "sync"

type Mux struct {
	mu       sync.Mutex
	handlers map[string]func()
}

type Stats struct {
	mu   sync.Mutex
	hits int
	mux  *Mux
}

func (m *Mux) Handle(name string, h func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.handlers[name] = h
}

func (m *Mux) Serve(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if h, ok := m.handlers[name]; ok {
		h() // want cycle: Mux.mu Stats.mu
	}
}

func (s *Stats) Install() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mux.Handle("hit", func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.hits++
	})
}
