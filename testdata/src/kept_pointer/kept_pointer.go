// Package kept_pointer loads an object from an atomic.Pointer, locks it, and
// comes to load and lock it again.
package kept_pointer

import (
	"sync"
	"sync/atomic"
)

type Store struct {
	cur atomic.Pointer[Table]
}

type Table struct {
	mu   sync.Mutex
	rows map[string]int
}

func New() *Store {
	s := &Store{}
	s.cur.Store(&Table{rows: map[string]int{}})
	return s
}

func (s *Store) Len() int {
	t := s.cur.Load()
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.rows)
}

func (s *Store) Put(key string) {
	t := s.cur.Load()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[key] = s.Len() // want relock: Table.mu
}
