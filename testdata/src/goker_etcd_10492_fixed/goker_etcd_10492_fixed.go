// Package goker_etcd_10492_fixed: the checkpoint function is fetched under the
// lock and called after its unlock closure has run.
package goker_etcd_10492_fixed

import "sync"

// want nothing

type Lessor struct {
	mu sync.RWMutex
	cp func()
	n  int
}

func (l *Lessor) SetCheckpointer(cp func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cp = cp
}

func (l *Lessor) Checkpoint() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
}

func (l *Lessor) Renew() {
	l.mu.Lock()
	unlock := func() { l.mu.Unlock() }
	defer func() { unlock() }()
	cp := l.cp
	unlock()
	unlock = func() {}
	if cp != nil {
		cp()
	}
}

func Start(l *Lessor) {
	l.SetCheckpointer(func() { l.Checkpoint() })
}
