// Package goker_kubernetes_62464_like: a reader reads through an interface
// that is itself, and a writer exists.
package goker_kubernetes_62464_like

import "sync"

type Reader interface{ Get(k string) (int, bool) }

type State struct {
	sync.RWMutex
	sets map[string]int
	std  int
}

func lookup(r Reader, k string) (int, bool) { return r.Get(k) }

func (s *State) GetOrDefault(k string) int {
	s.RLock()
	defer s.RUnlock()
	if v, ok := lookup(s, k); ok { // want rlock: State.RWMutex
		return v
	}
	return s.std
}

func (s *State) Get(k string) (int, bool) {
	s.RLock()
	defer s.RUnlock()
	v, ok := s.sets[k]
	return v, ok
}

func (s *State) SetDefault(v int) {
	s.Lock()
	defer s.Unlock()
	s.std = v
}
