// Package closed_handle_failed: as closed_handle, but what fails to commit leaves
// the handle open, and says so; who moves asks all the same.
package closed_handle_failed

// gap: what the handle's state decides is taken to decide whether it releases

import (
	"errors"
	"sync"
)

var (
	errClosed = errors.New("closed")
	errFull   = errors.New("full")
)

type Store struct {
	mu   sync.Mutex
	open bool
	all  map[string]string
}

type Tx struct {
	s *Store
	n int
}

func (s *Store) Begin() (*Tx, error) {
	s.mu.Lock()
	if !s.open {
		s.mu.Unlock()
		return nil, errClosed
	}
	t := &Tx{}
	t.init(s)
	return t, nil
}

func (t *Tx) init(s *Store) { t.s = s }

func (t *Tx) Rollback() error {
	if t.s == nil {
		return errClosed
	}
	t.rollback()
	return nil
}

func (t *Tx) Commit() error {
	if t.s == nil {
		return errClosed
	}
	if t.n++; t.n > 9 {
		return errFull
	}
	t.close()
	return nil
}

func (t *Tx) rollback() {
	if t.s == nil {
		return
	}
	t.n = 0
	t.close()
}

func (t *Tx) close() {
	if t.s == nil {
		return
	}
	t.s.mu.Unlock()
	t.s = nil
}

func (s *Store) get(k string) (string, error) {
	t, err := s.Begin()
	if err != nil {
		return "", err
	}
	defer t.Rollback()
	v, ok := t.s.all[k]
	if !ok {
		return "", errors.New("none")
	}
	return v, nil
}

// Move asks again once its handle is closed, in one of two ways.
func Move(s *Store, from, to string) error {
	v, err := s.get(from)
	if err != nil {
		return err
	}
	t, err := s.Begin()
	if err != nil {
		return err
	}
	if from == to {
		t.s.mu.Unlock()
		t.s = nil
		return nil
	}
	t.s.all[to] = v
	if err := t.Commit(); err != nil {
		_, err = s.get(to) // want relock: Store.mu
		t.Rollback()
		return err
	}
	return nil
}
