// Package store makes its type into a wide interface only.
package store

import "sync"

// A Reader reads under the lock.
type Reader interface{ View() }

// A Store is also locked by who writes. It is embedded into a type that counts.
type Store interface {
	Reader
	Lock()
	Unlock()
}

type store struct{ mu sync.RWMutex }

type counted struct {
	Store
	n int
}

// New makes one.
func New() Store { return &counted{Store: &store{}} }

func (s *store) View() {
	s.mu.RLock()
	defer s.mu.RUnlock()
}

func (s *store) Lock()   { s.mu.Lock() }
func (s *store) Unlock() { s.mu.Unlock() }

func (c *counted) Lock() {
	c.n++
	c.Store.Lock()
}
