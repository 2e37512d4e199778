// Package goker_cockroach_9935_fixed: the logger unlocks before it calls the
// exit function that locks.
package goker_cockroach_9935_fixed

import (
	"errors"
	"sync"
)

// want nothing

type Logger struct {
	mu    sync.Mutex
	lines int
}

func (l *Logger) Output(s string) {
	l.mu.Lock()
	if err := l.rotate(s); err != nil {
		l.mu.Unlock()
		l.exit(err)
		return
	}
	l.lines++
	l.mu.Unlock()
}

func (l *Logger) rotate(s string) error {
	if s == "" {
		return errors.New("nothing to write")
	}
	return nil
}

func (l *Logger) exit(error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = 0
}
