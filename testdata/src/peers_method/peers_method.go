// Package peers_method: a method takes its receiver's lock and then its
// argument's, as the argument's method may do the other way round.
package peers_method

import "sync"

type Matrix struct {
	mu sync.RWMutex
	v  []float64
}

func (m *Matrix) sum() (s float64) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, x := range m.v {
		s += x
	}
	return s
}

func (m *Matrix) Add(o *Matrix) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.v[0] += o.sum() // want peers: Matrix.mu
}
