// Package goker_kubernetes_1321_fixed: a second channel, closed without the
// lock, ends the send that is done under it.
package goker_kubernetes_1321_fixed

import "sync"

// want nothing

type Watcher struct {
	result  chan int
	stopped chan struct{}
	once    sync.Once
}

type Mux struct {
	mu       sync.Mutex
	watchers map[int]*Watcher
}

func (m *Mux) Distribute(v int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, w := range m.watchers {
		select {
		case w.result <- v:
		case <-w.stopped:
		}
	}
}

func (m *Mux) Stop(id int, w *Watcher) {
	w.once.Do(func() { close(w.stopped) })
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.watchers, id)
}

func (w *Watcher) Next() int { return <-w.result }
