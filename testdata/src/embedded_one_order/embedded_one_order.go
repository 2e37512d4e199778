// Package embedded_one_order: embedded mutexes by value and by pointer, in one
// order.
package embedded_one_order

import "sync"

// want nothing

type Users struct {
	sync.Mutex
	names []string
}

type Groups struct {
	*sync.RWMutex
	members map[string]*Users
}

func (g *Groups) Prune(u *Users) {
	g.Lock()
	defer g.Unlock()
	u.Mutex.Lock()
	defer u.Unlock()
	u.names = nil
}

func (u *Users) Export(g *Groups) int {
	g.RLock()
	defer g.RUnlock()
	u.Lock()
	defer u.Mutex.Unlock()
	return len(g.members) + len(u.names)
}

// want edge: Groups.RWMutex -> Users.Mutex
