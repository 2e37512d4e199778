// Package hook_or_nil has a hook that is one function or nothing: both ways are
// followed where that is asked, and the function where it is called.
package hook_or_nil

import "sync"

type Log struct {
	mu    sync.Mutex
	lines int
}

func (l *Log) add() {
	l.mu.Lock()
	l.lines++
	l.mu.Unlock()
}

type Store struct {
	mu sync.Mutex
	n  int
}

func hook(l *Log, quiet bool) func() {
	if quiet {
		return nil
	}
	return l.add
}

// Put makes an edge where there is a hook.
func (s *Store) Put(l *Log, quiet bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := hook(l, quiet); h != nil {
		h() // want edge: Store.mu -> Log.mu
	}
}

// Drain makes another where there is none.
func (s *Store) Drain(l *Log, quiet bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if h := hook(l, quiet); h == nil {
		s.mu.Lock() // want edge: Log.mu -> Store.mu
		s.n = 0
		s.mu.Unlock()
	}
}

// want cycle: Store.mu Log.mu
