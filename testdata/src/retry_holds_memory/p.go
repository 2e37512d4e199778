// Package retry_holds_memory: the error goes into a field, where another
// function may change it before it is looked at.
package retry_holds_memory

import (
	"errors"
	"sync"
)

var errStale = errors.New("stale")

type Log struct {
	mu  sync.Mutex
	n   int
	err error
}

// take returns with the lock held if its error is nil.
func (l *Log) take() error {
	l.mu.Lock()
	if l.n > 9 {
		l.mu.Unlock()
		return errStale
	}
	return nil
}

func (l *Log) Add() {
	l.err = l.take()
	if l.err != nil {
		return
	}
	l.n++
	l.mu.Unlock()
}

func (l *Log) AddTwice() {
	l.err = l.take()
	l.reset()
	if l.err != nil {
		l.Add() // want relock: Log.mu
		return
	}
	l.n += 2
	l.mu.Unlock()
}

func (l *Log) reset() {
	if l.n > 5 {
		l.err = errStale
	}
}
