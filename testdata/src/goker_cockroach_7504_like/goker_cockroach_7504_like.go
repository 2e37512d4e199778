// Package goker_cockroach_7504_like: a lease is locked under the name cache,
// and the cache, through a removal callback, under the lease.
package goker_cockroach_7504_like

import "sync"

type Lease struct {
	mu     sync.Mutex
	id     int
	onZero func(*Lease)
	refs   int
}

type Names struct {
	mu     sync.Mutex
	leases map[int]*Lease
}

func (n *Names) New(id int) *Lease {
	return &Lease{id: id, onZero: n.remove}
}

func (n *Names) Get(id int) *Lease {
	n.mu.Lock()
	defer n.mu.Unlock()
	l, ok := n.leases[id]
	if !ok {
		return nil
	}
	l.mu.Lock() // want cycle: Lease.mu Names.mu
	defer l.mu.Unlock()
	l.refs++
	return l
}

func (n *Names) remove(l *Lease) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.leases, l.id)
}

func (l *Lease) Release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.refs--; l.refs == 0 {
		l.onZero(l)
	}
}
