// Package closed_handle: a handle has the lock of its store until it is closed,
// which may be done again: then there is nothing to release. Who closes it does
// so through methods that hold nothing themselves.
package closed_handle

import (
	"errors"
	"sync"
)

// want nothing

var errClosed = errors.New("closed")

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
	t.n++
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
		return err
	}
	_, err = s.get(to)
	return err
}
