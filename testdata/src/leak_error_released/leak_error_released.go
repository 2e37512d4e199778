// Package leak_error_released: a function returns an error with the lock held,
// and its caller releases it on an error.
package leak_error_released

import "sync"

// want nothing

type Block struct {
	mu    sync.Mutex
	index int
	werr  error
}

type Store struct {
	last *Block
}

func (s *Store) begin() (*Block, error) {
	last := s.last
	last.mu.Lock()
	if err := last.werr; err != nil {
		return last, err
	}
	last.index++
	last.mu.Unlock()
	return last, nil
}

func (s *Store) Write() error {
	b, err := s.begin()
	if err != nil {
		b.mu.Unlock()
		return err
	}
	return nil
}
