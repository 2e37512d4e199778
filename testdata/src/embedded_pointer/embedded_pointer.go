// Package embedded_pointer: mutexes embedded by pointer and used through
// promoted methods.
package embedded_pointer

import "sync"

type Users struct {
	*sync.Mutex
	names []string
}

type Groups struct {
	*sync.RWMutex
	members map[string]*Users
}

func (g *Groups) Prune(u *Users) {
	g.Lock()
	defer g.Unlock()
	u.Lock() // want cycle: Groups.RWMutex Users.Mutex
	defer u.Unlock()
	u.names = nil
}

func (u *Users) Export(g *Groups) int {
	u.Lock()
	defer u.Unlock()
	g.RLock()
	defer g.RUnlock()
	return len(g.members) + len(u.names)
}
