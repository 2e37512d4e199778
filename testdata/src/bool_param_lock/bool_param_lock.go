// Package bool_param_lock: a parameter says whether the callee must lock; each
// caller says it right.
package bool_param_lock

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

func (l *Ledger) Total() int { return l.total(true) }

func (l *Ledger) Add(n int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sum += n
	return l.total(false)
}
