// Package goker_kubernetes_62464_fixed: the reader calls variants that do not
// lock.
package goker_kubernetes_62464_fixed

import "sync"

// want nothing

type State struct {
	sync.RWMutex
	sets map[string]int
	std  int
}

func (s *State) GetOrDefault(k string) int {
	s.RLock()
	defer s.RUnlock()
	if v, ok := s.get(k); ok {
		return v
	}
	return s.std
}

func (s *State) get(k string) (int, bool) {
	v, ok := s.sets[k]
	return v, ok
}

func (s *State) Get(k string) (int, bool) {
	s.RLock()
	defer s.RUnlock()
	return s.get(k)
}

func (s *State) SetDefault(v int) {
	s.Lock()
	defer s.Unlock()
	s.std = v
}
