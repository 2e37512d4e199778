// Package relock_field_not_reloaded: a pointer field is read twice, and
// nothing stores it in between.
package relock_field_not_reloaded

import "sync"

type Segment struct {
	mu sync.Mutex
	n  int
}

type Log struct{ active *Segment }

func (l *Log) Roll() {
	l.active.mu.Lock()
	l.active.n++
	l.active.mu.Lock() // want relock: Segment.mu
	l.active.n++
	l.active.mu.Unlock()
}
