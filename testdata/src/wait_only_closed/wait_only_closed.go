// Package wait_only_closed: nobody receives what is sent under the lock; the channel
// is closed under it, for who would.
package wait_only_closed

import "sync"

type watcher struct {
	result chan int
	mux    *Mux
}

type Mux struct {
	mu       sync.Mutex
	watchers map[int]*watcher
}

func (m *Mux) Watch(id int) func() {
	w := &watcher{result: make(chan int), mux: m}
	m.mu.Lock()
	m.watchers[id] = w
	m.mu.Unlock()
	return func() { w.mux.stop(id) }
}

func (m *Mux) Distribute(v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, w := range m.watchers {
		w.result <- v // want wait: Mux.mu watcher.result
	}
}

func (m *Mux) stop(id int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if w := m.watchers[id]; w != nil {
		delete(m.watchers, id)
		close(w.result)
	}
}
