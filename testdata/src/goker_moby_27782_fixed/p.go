// Package goker_moby_27782_fixed: closing wakes who waits on the condition,
// under its lock.
package goker_moby_27782_fixed

import "sync"

// want nothing

type Log struct {
	mu     sync.Mutex
	cond   *sync.Cond
	closed bool
	lines  int
}

func New() *Log {
	l := &Log{}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *Log) Follow() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.closed && l.lines == 0 {
		l.cond.Wait()
	}
	return l.lines
}

func (l *Log) Close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.cond.Broadcast()
}
