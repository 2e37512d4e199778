// Package release_handed_on hands what gives back a lock on to another
// function, which calls it in the end. It is nil beside an error only.
package release_handed_on

import (
	"errors"
	"sync"
)

var errDone = errors.New("done")

type Tx struct {
	mu   sync.RWMutex
	done bool
	n    int
}

// grab returns what gives back the lock, or an error.
func (t *Tx) grab() (func(error), error) {
	t.mu.RLock()
	if t.done {
		t.mu.RUnlock()
		return nil, errDone
	}
	return t.release, nil
}

func (t *Tx) release(error) { t.mu.RUnlock() }

type other struct{ mu sync.RWMutex }

func (o *other) release(error) { o.mu.RUnlock() }

// Ping has another function to hand on.
func (o *other) Ping() error {
	o.mu.RLock()
	return run(o.release, nil)
}

func run(release func(error), f func() error) (err error) {
	defer func() { release(err) }()
	if f != nil {
		err = f()
	}
	return err
}

func (t *Tx) Exec(f func() error) error {
	release, err := t.grab()
	if err != nil {
		return err
	}
	return run(release, f)
}

func (t *Tx) Commit() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = true
}

// Do executes and commits.
func Do(t *Tx) error {
	if err := t.Exec(func() error { return nil }); err != nil {
		return err
	}
	t.Commit()
	return nil
}

// want nothing
