// Package goker_moby_30408_like: the manifest is waited for with the store
// locked for reading, and loaded with it locked for writing.
package goker_moby_30408_like

import "sync"

type Store struct {
	mu    sync.RWMutex
	found map[string]int
	ready chan struct{}
}

func (s *Store) Get(name string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	<-s.ready // want wait: Store.mu Store.ready
	return s.found[name]
}

func (s *Store) Load(name string) {
	s.mu.Lock()
	s.found[name] = 1
	s.mu.Unlock()
	close(s.ready)
}
