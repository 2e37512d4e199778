// Package goker_kubernetes_1321_like: a result is sent under the lock; the
// receiver reads only after it has taken it.
package goker_kubernetes_1321_like

import "sync"

type Watcher struct {
	result chan int
	mux    *Mux
}

type Mux struct {
	mu       sync.Mutex
	watchers map[int]*Watcher
}

func (m *Mux) Distribute(v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, w := range m.watchers {
		w.result <- v // want wait: Mux.mu Watcher.result
	}
}

func (m *Mux) Stop(id int) (last int) {
	m.mu.Lock()
	w := m.watchers[id]
	delete(m.watchers, id)
	m.mu.Unlock()
	for v := range w.result {
		last = v
	}
	return last
}
