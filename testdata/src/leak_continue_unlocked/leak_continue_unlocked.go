// Package leak_continue_unlocked: each turn of a loop unlocks what it has
// locked, whichever way it ends.
package leak_continue_unlocked

import "sync"

// want nothing

type Shelf struct {
	mu    sync.RWMutex
	books []string
}

type Library struct {
	shelves map[string]*Shelf
}

func (l *Library) Titles(room int) []string {
	var all []string
	for _, s := range l.shelves {
		s.mu.RLock()
		if len(s.books) > room {
			s.mu.RUnlock()
			continue
		}
		all = append(all, s.books...)
		s.mu.RUnlock()
	}
	return all
}

func (s *Shelf) Add(title string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books = append(s.books, title)
}
