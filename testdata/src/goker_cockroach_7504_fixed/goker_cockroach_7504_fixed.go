// Package goker_cockroach_7504_fixed: the lease is locked only after the name
// cache has been unlocked.
package goker_cockroach_7504_fixed

import "sync"

// want nothing

type Lease struct {
	mu   sync.Mutex
	id   int
	refs int
}

type Names struct {
	mu     sync.Mutex
	leases map[int]*Lease
}

func (n *Names) Get(id int) *Lease {
	n.mu.Lock()
	l := n.leases[id]
	n.mu.Unlock()
	if l != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.refs++
	}
	return l
}

func (n *Names) remove(l *Lease) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.leases, l.id)
}

type Table struct {
	mu    sync.Mutex
	names *Names
}

func (t *Table) Release(l *Lease) {
	t.mu.Lock()
	defer t.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	t.names.remove(l)
}

// want edge: Lease.mu -> Names.mu
// want no edge: Names.mu -> Lease.mu
