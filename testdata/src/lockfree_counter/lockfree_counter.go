// Package lockfree_counter: a retry loop that computes the new value from the
// old one locks nothing.
package lockfree_counter

import (
	"sync"
	"sync/atomic"
)

// want nothing

type Meter struct {
	peak atomic.Int64
	mu   sync.Mutex
	n    int64
}

func (m *Meter) raise(v int64) {
	for {
		old := m.peak.Load()
		if v <= old || m.peak.CompareAndSwap(old, v) {
			return
		}
	}
}

func (m *Meter) Add(v int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n += v
	m.raise(m.n)
}

func (m *Meter) Reset() {
	m.raise(0)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n = m.peak.Load()
}

// want no edge: Meter.mu -> Meter.peak
// want no edge: Meter.peak -> Meter.mu
