// Package library_interface: a library's own interface, which only its users
// would supply; the type in view that was made for it is taken to be it.
package library_interface

import "sync"

// A Source gives values, and tells of changes.
type Source interface {
	Value(key string) int
	Subscribe(f func(key string))
}

type Memory struct {
	mu     sync.Mutex
	values map[string]int
	subs   []func(string)
}

func (m *Memory) Value(key string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[key]
}

func (m *Memory) Subscribe(f func(string)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.subs = append(m.subs, f)
}

// want cycle: Memory.mu Watcher.mu

func (m *Memory) Set(key string, v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values[key] = v
	for _, f := range m.subs {
		f(key)
	}
}

type Watcher struct {
	mu     sync.Mutex
	source Source
	seen   map[string]int
}

func New(s Source) *Watcher { return &Watcher{source: s, seen: make(map[string]int)} }

func (w *Watcher) Start() { w.source.Subscribe(w.changed) }

func (w *Watcher) changed(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen[key]++
}

func (w *Watcher) Poll(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen[key] = w.source.Value(key)
}
