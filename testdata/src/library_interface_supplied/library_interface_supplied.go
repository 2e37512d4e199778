// Package library_interface_supplied: a type does flow to the interface; that
// others would fit as well is no reason to think of them.
package library_interface_supplied

import "sync"

// want nothing

type Source interface{ Value(key string) int }

type Memory struct {
	mu     sync.Mutex
	values map[string]int
	subs   []*Watcher
}

func (m *Memory) Value(key string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[key]
}

func (m *Memory) Set(key string, v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values[key] = v
	for _, w := range m.subs {
		w.changed(key)
	}
}

type Fixed int

func (f Fixed) Value(string) int { return int(f) }

type Watcher struct {
	mu     sync.Mutex
	source Source
	seen   map[string]int
}

func New(n int) *Watcher { return &Watcher{source: Fixed(n), seen: make(map[string]int)} }

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
