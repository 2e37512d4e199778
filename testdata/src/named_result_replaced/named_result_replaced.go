// Package named_result_replaced: which of two closures a function returns in
// its named result depends on its parameter; under the lock only the one is
// asked for that does not take it.
package named_result_replaced

import (
	"errors"
	"sync"
)

// want nothing
// want edge: Store.life -> Store.mu
// want no edge: Store.mu -> Store.life

type Store struct {
	mu   sync.Mutex
	life sync.Mutex
	n    int
}

func (s *Store) step(kind int) (run func(), err error) {
	defer func() {
		if err != nil {
			s.n = 0
		}
	}()
	if kind < 0 {
		return nil, errors.New("no such step")
	}
	if kind > 0 {
		run = func() {
			s.life.Lock()
			defer s.life.Unlock()
			s.n--
		}
		return run, nil
	}
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.n++
	}, nil
}

func (s *Store) Grow() {
	s.life.Lock()
	defer s.life.Unlock()
	if run, err := s.step(0); err == nil {
		run()
	}
}

func (s *Store) Drop() {
	if run, err := s.step(1); err == nil {
		run()
	}
}
