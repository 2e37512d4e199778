// Package release_func_by_type_kept: of two types each locks itself and returns the
// function that unlocks it. One caller
// drops the function that it has got, and goes on.
package release_func_by_type_kept

import "sync"

// want cycle: Log.mu Tx.mu

type Grabber interface {
	grab() (release func(), err error)
}

type Conn struct {
	mu sync.RWMutex
	ok bool
	n  int
}

type Tx struct {
	mu sync.RWMutex
	n  int
}

type failed string

func (f failed) Error() string { return string(f) }

func (c *Conn) grab() (func(), error) {
	c.mu.RLock()
	if !c.ok {
		c.mu.RUnlock()
		return nil, failed("conn")
	}
	c.n++
	return c.unlock, nil
}

func (c *Conn) unlock() { c.mu.RUnlock() }

func (t *Tx) grab() (func(), error) {
	t.mu.RLock()
	t.n++
	return t.unlock, nil
}

func (t *Tx) unlock() { t.mu.RUnlock() }

func (c *Conn) Close() {
	c.mu.Lock()
	c.ok = false
	c.mu.Unlock()
}

func (t *Tx) Close() {
	t.mu.Lock()
	t.n = 0
	t.mu.Unlock()
}

type Stmt struct{ on Grabber }

func NewStmt(c *Conn, t *Tx, inTx bool) *Stmt {
	if inTx {
		return &Stmt{on: t}
	}
	return &Stmt{on: c}
}

func (s *Stmt) connect() (func(), error) {
	release, err := s.on.grab()
	if err != nil {
		return nil, err
	}
	return release, nil
}

func (s *Stmt) once() error {
	release, err := s.connect()
	if err != nil {
		return err
	}
	if release != nil {
		return failed("again")
	}
	return nil
}

type Log struct {
	mu    sync.Mutex
	tx    *Tx
	lines int
}

func (s *Stmt) Exec(l *Log) {
	s.once()
	l.mu.Lock()
	l.lines++
	l.mu.Unlock()
}

func (l *Log) Flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tx.Close()
}
