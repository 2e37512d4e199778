// Package embedded_nested: a mutex embedded two levels deep is the innermost
// type's, whichever way it is reached.
package embedded_nested

import "sync"

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
		l.Lock() // want cycle: Graph.mu base.Mutex
		l.name = name
		l.Unlock()
	}
}

func (l *Leaf) Remove(g *Graph) {
	l.node.base.Lock()
	defer l.base.Mutex.Unlock()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.leaves = nil
}
