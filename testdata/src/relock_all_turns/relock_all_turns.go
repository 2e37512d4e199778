// Package relock_all_turns keeps the locks of all elements: a later turn of the
// same loop may take another's, what comes after the loop may not.
package relock_all_turns

import "sync"

type Group struct {
	members []*member
}

type member struct {
	mu sync.Mutex
	n  int
}

func (m *member) reset() {
	m.mu.Lock()
	m.n = 0
	m.mu.Unlock()
}

func (g *Group) Freeze() {
	for _, m := range g.members {
		m.reset() // it has no lock yet
		m.mu.Lock()
	}
}

func (g *Group) Thaw() {
	for _, m := range g.members {
		m.mu.Unlock()
	}
}

func (g *Group) Sum() (sum int) {
	g.Freeze()
	defer g.Thaw()
	for _, m := range g.members {
		sum += m.n
	}
	g.members[0].reset() // want relock: member.mu
	return sum
}

// Some locks only those that it must: what comes after may be another's.
func (g *Group) Some() {
	var locked []*member
	for _, m := range g.members {
		if m.n > 0 {
			m.mu.Lock()
			locked = append(locked, m)
		}
	}
	for _, m := range locked {
		m.mu.Unlock()
	}
}
