// Package wait_received_outside: what is sent under the lock is received by whoever
// gets the channel, outside of the package.
package wait_received_outside

import "sync"

// want nothing

type Watcher struct {
	result chan int
	mux    *Mux
}

func (w *Watcher) Results() <-chan int { return w.result }

type Mux struct {
	mu       sync.Mutex
	watchers map[int]*Watcher
}

func (m *Mux) Distribute(v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, w := range m.watchers {
		w.result <- v
	}
}

func (m *Mux) Stop(id int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if w := m.watchers[id]; w != nil {
		delete(m.watchers, id)
		close(w.result)
	}
}
