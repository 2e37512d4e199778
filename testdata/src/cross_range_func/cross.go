// Package cross_range_func ranges over a function of another package under its
// lock, which the body of the loop gives back before it returns.
//
// want nothing
package cross_range_func

import (
	"strings"
	"sync"
)

// A List is a list of subjects.
type List struct {
	mu sync.Mutex
	n  map[string]int
}

// Insert gives the lock back on both ways.
func (l *List) Insert(subject string) bool {
	l.mu.Lock()
	for t := range strings.SplitSeq(subject, ".") {
		if t == "" {
			l.mu.Unlock()
			return false
		}
		l.n[t]++
	}
	l.mu.Unlock()
	return true
}

// Twice inserts twice.
func (l *List) Twice(subject string) bool { return l.Insert(subject) && l.Insert(subject) }
