// Package bool_param_lock_forwarded: the parameter that says whether to lock
// is passed on through another function.
package bool_param_lock_forwarded

import "sync"

// want nothing

type Ledger struct {
	mu  sync.Mutex
	sum int
}

func (l *Ledger) total(needLock bool) int {
	if needLock {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	return l.sum
}

func (l *Ledger) average(n int, locked bool) int { return l.total(!locked) / n }

func (l *Ledger) Average(n int) int { return l.average(n, false) }

func (l *Ledger) Add(n int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sum += n
	return l.average(n, true)
}
