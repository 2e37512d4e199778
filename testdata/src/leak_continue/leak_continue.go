// Package leak_continue: one turn of a loop goes on to the next element
// without unlocking the last.
package leak_continue

import "sync"

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

		// want leak: Shelf.mu
		s.mu.RLock()
		if len(s.books) > room {
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
