// Package retry_holds: a callback that is called again after an error returns
// with the lock held where it has no error, and the function that gives the
// lock back travels with it. The results go through variables that a closure
// shares.
package retry_holds

import (
	"errors"
	"sync"
)

// want nothing

var errStale = errors.New("stale")

type Tx struct {
	mu   sync.RWMutex
	done bool
	conn int
}

func (tx *Tx) grab() (int, func(), error) {
	tx.mu.RLock()
	if tx.done {
		tx.mu.RUnlock()
		return 0, nil, errStale
	}
	return tx.conn, tx.mu.RUnlock, nil
}

func (tx *Tx) End() {
	tx.mu.Lock()
	tx.done = true
	tx.mu.Unlock()
}

type Stmt struct {
	tx  *Tx
	bad int
}

// connect returns with the lock of the transaction held, if err is nil.
func (s *Stmt) connect(dial func() (int, error)) (conn int, release func(), err error) {
	if s.tx != nil {
		conn, release, err = s.tx.grab()
		if err != nil {
			return
		}
		return conn, release, nil
	}
	func() { conn, err = dial() }()
	return conn, func() {}, err
}

func retry(try func() error) error {
	for range 2 {
		if err := try(); err == nil || !errors.Is(err, errStale) {
			return err
		}
	}
	return try()
}

func (s *Stmt) Exec(dial func() (int, error)) error {
	return retry(func() error {
		conn, release, err := s.connect(dial)
		if err != nil {
			return err
		}
		s.bad += conn
		release()
		return nil
	})
}

// A Rows has the lock until it is closed.
type Rows struct{ release func() }

func (r *Rows) Close() { r.release() }

func (s *Stmt) Query(dial func() (int, error)) (rows *Rows, err error) {
	err = retry(func() error {
		_, release, err := s.connect(dial)
		if err != nil {
			return err
		}
		if s.bad == 0 {
			rows = &Rows{release}
			return nil
		}
		release()
		return errStale
	})
	return rows, err
}
