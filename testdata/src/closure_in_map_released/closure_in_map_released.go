// Package closure_in_map_released: the handler is looked up under the lock and
// called after it.
package closure_in_map_released

import "sync"

// want nothing

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
	h, ok := m.handlers[name]
	m.mu.Unlock()
	if ok {
		h()
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

// want edge: Stats.mu -> Mux.mu
// want no edge: Mux.mu -> Stats.mu
