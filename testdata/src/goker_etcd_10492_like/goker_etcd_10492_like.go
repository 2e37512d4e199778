// Package goker_etcd_10492_like: a function set by a setter is called under
// the lock that it takes; the lock's release is a closure in a variable.
package goker_etcd_10492_like

import "sync"

type Lessor struct {
	mu sync.Mutex
	cp func(id int)
	n  int
}

func (l *Lessor) SetCheckpointer(cp func(int)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cp = cp
}

func (l *Lessor) checkpoint(id int) {
	l.mu.Lock() // want relock: Lessor.mu
	defer l.mu.Unlock()
	l.n += id
}

func (l *Lessor) Renew(id int) {
	l.mu.Lock()
	release := func() { l.mu.Unlock() }
	defer release()
	if l.cp == nil {
		return
	}
	l.cp(id)
}

func Start() *Lessor {
	l := new(Lessor)
	l.SetCheckpointer(l.checkpoint)
	return l
}
