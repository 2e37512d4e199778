// Package field_of_appended_variable stores in a field what a variable of a
// closure has collected: the variable's one store appends to itself.
package field_of_appended_variable

// want nothing

import "sync"

type item struct {
	mu  sync.Mutex
	set *set
}

type set struct {
	mu    sync.Mutex
	items []*item
}

func (s *set) fill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	var items []*item
	defer func() { println(len(items)) }()
	items = append(items, &item{set: s})
	s.items = items
}

func (s *set) lockAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.items {
		i.mu.Lock()
		i.mu.Unlock()
	}
}
