// Package goker_cockroach_9935_like: the function that ends the logger is kept
// in a variable and locks what its caller holds.
package goker_cockroach_9935_like

import (
	"errors"
	"sync"
)

type Logger struct {
	mu     sync.Mutex
	lines  int
	failed error
}

func (l *Logger) Output(s string) {
	fail := func(err error) {
		l.mu.Lock() // want relock: Logger.mu
		defer l.mu.Unlock()
		l.failed = err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if s == "" {
		fail(errors.New("nothing to write"))
		return
	}
	l.lines++
}
