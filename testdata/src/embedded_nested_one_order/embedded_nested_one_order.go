// Package embedded_nested_one_order: a mutex embedded two levels deep, taken
// in one order whichever way it is reached.
package embedded_nested_one_order

import "sync"

// want nothing

type base struct {
	sync.Mutex
	id int
}

type node struct {
	base
	weight int
}

type Leaf struct {
	*node
	name string
}

type Graph struct {
	mu     sync.Mutex
	leaves []*Leaf
}

func (g *Graph) Rename(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, l := range g.leaves {
		l.Lock()
		l.name = name
		l.Unlock()
	}
}

func (l *Leaf) Remove(g *Graph) {
	g.mu.Lock()
	defer g.mu.Unlock()
	l.node.base.Lock()
	defer l.base.Mutex.Unlock()
	g.leaves = nil
}

// want edge: Graph.mu -> base.Mutex
