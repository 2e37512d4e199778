// Package number_param_lock_ways: the number is another one on each way, and
// only the way on which the lock has been given up asks the callee to lock.
package number_param_lock_ways

import "sync"

// want nothing

type Log struct {
	mu sync.Mutex
	n  int
}

func (l *Log) Write(flush bool) {
	l.mu.Lock()
	level := 0
	if flush {
		l.mu.Unlock()
		level = 2
	}
	l.put(level)
	if level == 0 {
		l.mu.Unlock()
	}
}

func (l *Log) put(level int) {
	if level < 1 {
		l.n++
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n += level
}
