// Package kept_pointer_swapped puts another object into an atomic.Pointer while
// the old one is locked; and what is stored is not the maker's own any more.
package kept_pointer_swapped

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

func (s *Store) Len() int {
	t := s.cur.Load()
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.rows)
}

func (s *Store) Grow() int {
	t := s.cur.Load()
	t.mu.Lock()
	defer t.mu.Unlock()
	s.cur.Store(&Table{rows: t.rows})
	return s.Len()
}

// Replace locks the new table under the old one's lock, which is an order that
// nothing here tells.
func (s *Store) Replace(t *Table) int {
	old := s.cur.Swap(t)
	old.mu.Lock()
	defer old.mu.Unlock()
	return s.Len() // want peers: Table.mu
}

type Log struct {
	mu  sync.Mutex
	cur atomic.Pointer[Page]
}

type Page struct {
	mu sync.Mutex
	n  int
}

// Open locks the new page when others can have it already.
func (l *Log) Open() {
	p := &Page{}
	l.cur.Store(p)
	p.mu.Lock()
	defer p.mu.Unlock()
	l.mu.Lock() // want cycle: Log.mu Page.mu
	p.n++
	l.mu.Unlock()
}

func (l *Log) Write() {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.cur.Load()
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
}
