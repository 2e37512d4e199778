package graph

import (
	"sort"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/scc"
)

// A Graph is a lock-order graph.
type Graph struct {
	Locks []Lock
	Edges []*Edge
	// MayMeet reports whether a lock that e takes may be one that f holds, of
	// whatever witnesses. It may be dear. If it is nil, it may.
	MayMeet func(e, f *Edge) bool

	out, in  [][]*Edge // by lock
	comp     []int     // strongly connected component, by lock
	gains    map[gainKey]int
	meetings map[[2]int32]*meeting // by the edges' ids
	cycles   map[*Edge]int         // see through
}

// A Lock is a node.
type Lock struct {
	Name   string
	Writer bool // taken exclusively somewhere
	// Under has what is held at the places that take it exclusively, each set
	// once. It may be dear.
	Under func() [][]Gate
}

// An Edge says that To was taken while From was held.
type Edge struct {
	From, To  int // indexes of Locks
	Witnesses []*Witness
	Count     int // places that make the edge

	id int32 // its index
}

// A Witness is one place that makes an edge.
type Witness struct {
	Held  Gate // the lock that is held, which is none of Gates
	Mode  lock.Mode
	Gates []Gate
	// Keeps reports whether, on every way to the acquisition, a lock is taken
	// after the held one, and held when it waits there, that keeps out who holds
	// the gate. It may be dear. MayKeep has the locks of which that may be so.
	Keeps   func(Gate) bool
	MayKeep func() []Gate
	// Apart reports whether this and another cannot happen at one time for
	// another reason than a gate.
	Apart func(*Witness) bool
	// Elsewhere reports whether the locks of this are of one object, and those of
	// another, which takes them the other way round, of two. It may be nil, and
	// dear.
	Elsewhere func(*Witness) bool
	// Chain tells of the calls that lead to the acquisition.
	Chain func() *Chain
	// Data is the caller's.
	Data any
}

// A Chain is what leads from holding one lock to taking another.
type Chain struct {
	Calls []any // its calls, for the cut; comparable
	// Weak counts what it assumes: dynamic calls with several targets.
	Weak int
	// Held and Taken are the operations that take the two locks; comparable,
	// of the kind of Calls, nil if they are no calls.
	Held, Taken any
}

func (c *Chain) cost() int { return 1 + len(c.Calls) + 4*c.Weak }

// A Gate is a lock held over both ends of a witness.
type Gate struct {
	Name string
	Mode lock.Mode
}

// A Cycle is a deadlock: a choice of a witness for each edge.
type Cycle struct {
	Edges     []*Edge
	Witnesses []*Witness
	// ReadersOnly: at some lock both are readers, and a waiting writer is needed.
	ReadersOnly bool
	Cuts        []Cut
	// Also are the other cycles of the same root cause.
	Also []*Cycle
	// Of is the number of cycles of the cause, of which Cuts break some.
	Of int
}

// A Cut is a call through which cycles go; it may be one that takes a lock.
type Cut struct {
	Call   any
	Edge   *Edge
	Breaks int
	Of     int

	gain int // see (*Graph).gain
	far  int // calls between it and the lock
	wide int // as gain, over the locks that are taken below the call
}

// LongestLast turns the cycle so that the edge with the longest chain comes
// last: the story begins with what is plain to see.
func (c *Cycle) LongestLast() {
	at := 0
	for i, w := range c.Witnesses {
		if len(w.Chain().Calls) > len(c.Witnesses[at].Chain().Calls) {
			at = i
		}
	}
	at = (at + 1) % len(c.Edges)
	c.Edges = append(append([]*Edge(nil), c.Edges[at:]...), c.Edges[:at]...)
	c.Witnesses = append(append([]*Witness(nil), c.Witnesses[at:]...), c.Witnesses[:at]...)
}

func (g *Graph) init() {
	g.out, g.in = make([][]*Edge, len(g.Locks)), make([][]*Edge, len(g.Locks))
	for i, e := range g.Edges {
		e.id = int32(i)
		if e.From != e.To && len(e.Witnesses) > 0 {
			g.out[e.From] = append(g.out[e.From], e)
			g.in[e.To] = append(g.in[e.To], e)
		}
	}
	for i := range g.out {
		es := g.out[i]
		sort.Slice(es, func(a, b int) bool { return g.Locks[es[a].To].Name < g.Locks[es[b].To].Name })
	}
}

// components numbers the strongly connected components of what is not
// removed.
func (g *Graph) components(removed []bool) []int {
	comp := make([]int, len(g.Locks))
	for i, c := range scc.Components(len(g.Locks), func(v int, visit func(int)) {
		for _, e := range g.out[v] {
			if removed == nil || !removed[e.id] {
				visit(e.To)
			}
		}
	}) {
		for _, v := range c {
			comp[v] = i
		}
	}
	return comp
}
