// Package relock_field_reloaded: a pointer field is stored between two uses:
// the second lock may be another instance.
package relock_field_reloaded

import "sync"

// want nothing

type Segment struct {
	mu sync.Mutex
	n  int
}

type Log struct{ active *Segment }

// Roll locks the old segment, puts a new one in its place and locks that.
func (l *Log) Roll() {
	l.active.mu.Lock()
	old := l.active
	l.active = &Segment{}
	l.active.mu.Lock()
	l.active.n = old.n
	l.active.mu.Unlock()
	old.mu.Unlock()
}
