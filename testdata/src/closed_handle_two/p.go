// Package closed_handle_two: as closed_handle, of a store with two locks. One store
// is read while another is written; who has written one asks for its other lock.
package closed_handle_two

import (
	"errors"
	"sync"
)

// want nothing

var errClosed = errors.New("closed")

type Store struct {
	rw   sync.Mutex
	mm   sync.RWMutex
	open bool
	all  map[string]string
}

type Tx struct {
	s        *Store
	writable bool
	n        int
}

func Open() *Store { return &Store{open: true, all: make(map[string]string)} }

func (s *Store) Begin(writable bool) (t *Tx, err error) {
	if writable {
		return s.beginWrite()
	}
	return s.beginRead()
}

func (s *Store) beginWrite() (*Tx, error) {
	s.rw.Lock()
	if !s.open {
		s.rw.Unlock()
		return nil, errClosed
	}
	t := &Tx{writable: true}
	t.init(s)
	return t, nil
}

func (s *Store) beginRead() (*Tx, error) {
	s.mm.RLock()
	if !s.open {
		s.mm.RUnlock()
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
	if t.s == nil || !t.writable {
		return errClosed
	}
	if err := t.s.grow(); err != nil {
		t.rollback()
		return err
	}
	t.close()
	return nil
}

func (s *Store) grow() error {
	s.mm.Lock()
	defer s.mm.Unlock()
	if len(s.all) > 9 {
		return errClosed
	}
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
	if t.writable {
		t.s.rw.Unlock()
	} else {
		t.s.mm.RUnlock()
	}
	t.s = nil
}

func (s *Store) Update(fn func(*Tx) error) error {
	t, err := s.Begin(true)
	if err != nil {
		return err
	}
	defer func() {
		if t.s != nil {
			t.rollback()
		}
	}()
	if err := fn(t); err != nil {
		_ = t.Rollback()
		return err
	}
	return t.Commit()
}

func (t *Tx) each(f func(k, v string) error) error {
	for k, v := range t.s.all {
		if err := f(k, v); err != nil {
			return err
		}
	}
	return nil
}

// copyAll begins anew now and then, so that what it writes does not grow too large.
func copyAll(from, to *Store) error {
	w, err := to.Begin(true)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			w.Rollback()
		}
	}()
	r, err := from.Begin(false)
	if err != nil {
		return err
	}
	defer r.Rollback()
	if err = r.each(func(k, v string) error {
		if w.n++; w.n > 99 {
			if err = w.Commit(); err != nil {
				return err
			}
			if w, err = to.Begin(true); err != nil {
				return err
			}
		}
		w.s.all[k] = v
		return nil
	}); err != nil {
		return err
	}
	return w.Rollback()
}

type Owner struct {
	mu sync.Mutex // for one Compact at a time
	s  *Store
}

func NewOwner() *Owner { return &Owner{s: Open()} }

func (o *Owner) Put(k, v string) error {
	return o.s.Update(func(t *Tx) error {
		t.s.all[k] = v
		return nil
	})
}

func (o *Owner) Compact() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	t := Open()
	return copyAll(o.s, t)
}
