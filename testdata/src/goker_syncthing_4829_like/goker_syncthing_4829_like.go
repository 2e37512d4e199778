// Package goker_syncthing_4829_like: a deferred announcement runs before the
// deferred unlock and takes the read lock under the write lock.
package goker_syncthing_4829_like

import "sync"

type Mapping struct {
	mut   sync.RWMutex
	addrs map[string]int
	seen  int
}

func (m *Mapping) Clear() {
	m.mut.Lock()
	defer m.mut.Unlock()
	defer m.notify() // want relock: Mapping.mut
	clear(m.addrs)
}

func (m *Mapping) notify() {
	m.mut.RLock()
	defer m.mut.RUnlock()
	m.seen += len(m.addrs)
}

type Service struct {
	mut      sync.Mutex
	mappings []*Mapping
}

func (s *Service) Drop() {
	s.mut.Lock()
	defer s.mut.Unlock()
	for _, m := range s.mappings {
		m.Clear()
	}
}
