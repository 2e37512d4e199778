package graph

import (
	"sort"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A Graph is a lock-order graph.
type Graph struct {
	Locks []Lock
	Edges []*Edge

	out  [][]*Edge // by lock
	comp []int     // strongly connected component, by lock
}

// A Lock is a node.
type Lock struct {
	Name   string
	Writer bool // taken exclusively somewhere
}

// An Edge says that To was taken while From was held.
type Edge struct {
	From, To  int // indexes of Locks
	Witnesses []*Witness
	Count     int // places that make the edge
}

// A Witness is one place that makes an edge.
type Witness struct {
	HeldMode, Mode lock.Mode
	Gates          []Gate
	// Main: only the program's first goroutine runs this, once.
	Main bool
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

// A Cut is a call through which cycles go.
type Cut struct {
	Call   any
	Edge   *Edge
	Breaks int
	Of     int

	gain int // see (*Graph).gain
	far  int // calls between it and the lock
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
	g.out = make([][]*Edge, len(g.Locks))
	for _, e := range g.Edges {
		if e.From != e.To && len(e.Witnesses) > 0 {
			g.out[e.From] = append(g.out[e.From], e)
		}
	}
	for i := range g.out {
		es := g.out[i]
		sort.Slice(es, func(a, b int) bool { return g.Locks[es[a].To].Name < g.Locks[es[b].To].Name })
	}
}

// Survives reports whether a witness holds without a call.
type Survives func(w *Witness, call any) bool

// Cycles returns the causes, smallest cycles first.
func (g *Graph) Cycles() []*Cycle {
	g.init()
	removed := make(map[*Edge]bool)
	var out []*Cycle
	for length := 2; length <= maxCycle; length++ {
		for {
			c := g.next(length, removed)
			if c == nil {
				break
			}
			removed[g.rarest(c)] = true
			out = append(out, c)
		}
	}
	return out
}

// maxCycle bounds the length of cycles looked for. Each further edge needs
// one more goroutine at the wrong place at the same time, and in the eighty
// real deadlocks that the house has read none took more than three.
const maxCycle = 4

// next returns the first feasible cycle of a length.
func (g *Graph) next(length int, removed map[*Edge]bool) *Cycle {
	comp := g.components(removed)
	for start := range g.Locks {
		if c := g.from(start, length, comp, removed); c != nil {
			return c
		}
	}
	return nil
}

// from searches for a cycle through start in which start has the smallest
// index.
func (g *Graph) from(start, length int, comp []int, removed map[*Edge]bool) *Cycle {
	var path []*Edge
	var found *Cycle
	on := map[int]bool{start: true}
	var visit func(at int)
	visit = func(at int) {
		for _, e := range g.out[at] {
			if found != nil {
				return
			}
			if removed[e] || comp[e.To] != comp[start] || e.To < start {
				continue
			}
			if e.To == start {
				if len(path)+1 == length {
					found = g.choose(append(path[:len(path):len(path)], e))
				}
				continue
			}
			if on[e.To] || len(path)+1 >= length {
				continue
			}
			on[e.To] = true
			path = append(path, e)
			visit(e.To)
			path = path[:len(path)-1]
			delete(on, e.To)
		}
	}
	visit(start)
	return found
}

// Feasible reports whether the cycle's edges are a deadlock by the witnesses
// that are in.
func (c *Cycle) Feasible(in func(*Witness) bool) bool {
	edges := make([]*Edge, len(c.Edges))
	for i, e := range c.Edges {
		f := &Edge{From: i, To: (i + 1) % len(c.Edges)}
		for _, w := range e.Witnesses {
			if in(w) {
				f.Witnesses = append(f.Witnesses, w)
			}
		}
		if len(f.Witnesses) == 0 {
			return false
		}
		edges[i] = f
	}
	locks := make([]Lock, len(c.Edges))
	for i := range locks {
		locks[i].Writer = true // of whom the whole cycle has been asked
	}
	return (&Graph{Locks: locks}).choose(edges) != nil
}

// choose picks a witness for each edge so that together they deadlock, the
// best choice first; nil if there is none.
func (g *Graph) choose(edges []*Edge) *Cycle {
	var best *Cycle
	bestCost := 1 << 30
	pick := make([]*Witness, len(edges))
	tries := 0
	var visit func(i, cost int)
	visit = func(i, cost int) {
		if cost >= bestCost || tries > maxTries {
			return
		}
		tries++
		if i == len(edges) {
			readers, ok := g.feasible(edges, pick)
			if !ok {
				return
			}
			if readers {
				cost += 20
			}
			if cost < bestCost {
				bestCost = cost
				best = &Cycle{Edges: append([]*Edge(nil), edges...), Witnesses: append([]*Witness(nil), pick...), ReadersOnly: readers}
			}
			return
		}
		for _, w := range edges[i].Witnesses {
			if i > 0 && excluded(pick[:i], w) {
				continue
			}
			pick[i] = w
			visit(i+1, cost+w.Chain().cost())
		}
	}
	visit(0, 0)
	return best
}

// maxTries bounds the combinations of witnesses tried for one cycle.
const maxTries = 20000

func excluded(pick []*Witness, w *Witness) bool {
	for _, v := range pick {
		if gated(v, w) {
			return true
		}
	}
	return false
}

// gated reports whether a common lock keeps two witnesses apart.
func gated(v, w *Witness) bool {
	for _, a := range v.Gates {
		for _, b := range w.Gates {
			if a.Name == b.Name && a.Mode.Conflicts(b.Mode) {
				return true
			}
		}
	}
	return false
}

// feasible checks the modes, and that not one goroutine runs all.
func (g *Graph) feasible(edges []*Edge, pick []*Witness) (readers, ok bool) {
	all := true
	for i, w := range pick {
		all = all && w.Main
		next := pick[(i+1)%len(pick)]
		if !next.HeldMode.Conflicts(w.Mode) {
			if !g.Locks[edges[i].To].Writer {
				return false, false
			}
			readers = true
		}
	}
	return readers, !all
}

// rarest returns the edge of the cycle that the fewest places make: where
// many take B under A and one takes A under B, the one is wrong.
func (g *Graph) rarest(c *Cycle) *Edge {
	best := c.Edges[0]
	for _, e := range c.Edges[1:] {
		if e.Count < best.Count {
			best = e
		}
	}
	return best
}

// Cut finds the calls that the cycle cannot do without: those on the way of
// an edge that no witness of the edge survives. The rarest edge comes first: it
// is the likely culprit. Of the calls of one edge, that with the most gain
// comes first, and of these the one nearest to the lock.
func (g *Graph) Cut(c *Cycle, survives Survives) {
	rare := g.rarest(c)
	for _, first := range []bool{true, false} {
		for i, e := range c.Edges {
			if (e == rare) == first {
				c.Cuts = append(c.Cuts, g.cuts(c, e, c.Witnesses[i], survives)...)
			}
		}
	}
	if len(c.Cuts) > 0 {
		c.Of = c.Cuts[0].Of
	}
}

func (g *Graph) cuts(c *Cycle, e *Edge, w *Witness, survives Survives) []Cut {
	var cuts []Cut
	of := 0
	calls := w.Chain().Calls
	for i := len(calls) - 1; i >= 0; i-- {
		if alive(e, calls[i], survives) {
			continue
		}
		if of == 0 {
			of = g.through(e)
		}
		cuts = append(cuts, Cut{Call: calls[i], Edge: e, Breaks: of, Of: of,
			gain: g.gain(e.To, calls[i], survives), far: len(calls) - 1 - i})
	}
	order := make([]*Cut, len(cuts))
	for i := range cuts {
		order[i] = &cuts[i]
	}
	if len(order) > 0 {
		nearest(order)
	}
	out := make([]Cut, len(order))
	for i, c := range order {
		out[i] = *c
	}
	return out
}

// nearest sorts cuts that break as much: first the one found by going up from
// the lock as long as each step saves edges that do no harm, then the others,
// nearest to the lock first.
func nearest(cuts []*Cut) {
	sort.SliceStable(cuts, func(i, j int) bool { return cuts[i].far < cuts[j].far })
	at := 0
	for at+1 < len(cuts) && cuts[at+1].gain > cuts[at].gain {
		at++
	}
	best := cuts[at]
	copy(cuts[1:at+1], cuts[:at])
	cuts[0] = best
}

func alive(e *Edge, call any, survives Survives) bool {
	for _, w := range e.Witnesses {
		if survives(w, call) {
			return true
		}
	}
	return false
}

// gain says what dropping the call does to the edges into a lock: one for
// each edge of a cycle that falls, less one for each that is in no cycle and
// would have been no harm.
func (g *Graph) gain(to int, call any, survives Survives) int {
	if g.comp == nil {
		g.comp = g.components(nil)
	}
	n := 0
	for _, e := range g.Edges {
		if e.To != to || e.From == to || len(e.Witnesses) == 0 || alive(e, call, survives) {
			continue
		}
		if g.comp[e.From] == g.comp[to] {
			n++
		} else {
			n--
		}
	}
	return n
}

// maxThrough bounds the cycles counted for a cut.
const maxThrough = 60

// through counts the feasible cycles that use the edge.
func (g *Graph) through(edge *Edge) int {
	n := 0
	var path []*Edge
	on := map[int]bool{edge.From: true}
	var visit func(at int)
	visit = func(at int) {
		if n >= maxThrough {
			return
		}
		if at == edge.From {
			if g.choose(append([]*Edge{edge}, path...)) != nil {
				n++
			}
			return
		}
		if on[at] || len(path)+1 >= maxCycle-1 {
			return
		}
		on[at] = true
		for _, e := range g.out[at] {
			if e.To == edge.From || len(path)+2 < maxCycle-1 {
				path = append(path, e)
				visit(e.To)
				path = path[:len(path)-1]
			}
		}
		delete(on, at)
	}
	visit(edge.To)
	return n
}

// Group brings cycles of one root cause together: when one call breaks the
// causes of several findings completely, the shortest stand for all, and their
// cut counts them. The call that accounts for the most is
// taken first.
func Group(cycles []*Cycle) []*Cycle {
	left := cycles
	var out []*Cycle
	for {
		by := make(map[any][]*Cycle)
		sums := make(map[any]*Cut)
		var calls []any
		for _, c := range left {
			seen := make(map[any]bool)
			for _, cut := range c.Cuts {
				if seen[cut.Call] {
					continue
				}
				seen[cut.Call] = true
				if sums[cut.Call] == nil {
					calls = append(calls, cut.Call)
					sums[cut.Call] = &Cut{Call: cut.Call}
				}
				by[cut.Call] = append(by[cut.Call], c)
				sum := sums[cut.Call]
				sum.gain += cut.gain
				sum.far += cut.far
				sum.Breaks += cut.Breaks
				sum.Of += cut.Of
			}
		}
		most := 0
		for _, call := range calls {
			most = max(most, len(by[call]))
		}
		if most < minGroup {
			return append(out, left...)
		}
		var tied []*Cut
		for _, call := range calls {
			if len(by[call]) == most {
				tied = append(tied, sums[call])
			}
		}
		nearest(tied)
		best := tied[0].Call
		group := by[best]
		sort.SliceStable(group, func(i, j int) bool { return group[i].cost() < group[j].cost() })
		gone := make(map[*Cycle]bool)
		for _, c := range group {
			gone[c] = true
		}
		told := min(perCause, len(group))
		for _, c := range group[:told] {
			c.Cuts, c.Of = []Cut{*sums[best]}, sums[best].Of
			out = append(out, c)
		}
		group[0].Also = group[told:]
		var rest []*Cycle
		for _, c := range left {
			if !gone[c] {
				rest = append(rest, c)
			}
		}
		left = rest
	}
}

// perCause is how many cycles of one root cause are told in full: the
// shortest, and another, since one may be the easier to believe.
const perCause = 2

func (c *Cycle) cost() int {
	n := 8 * len(c.Edges)
	for _, w := range c.Witnesses {
		n += w.Chain().cost()
	}
	return n
}

// minGroup is how many findings one call must account for to be their common
// cause. Two may share a call by chance, and are better told apart.
const minGroup = 3

// components numbers the strongly connected components (Tarjan 1972).
func (g *Graph) components(removed map[*Edge]bool) []int {
	n := len(g.Locks)
	index, low, comp := make([]int, n), make([]int, n), make([]int, n)
	on := make([]bool, n)
	var stack []int
	next, number := 0, 0
	var visit func(v int)
	visit = func(v int) {
		next++
		index[v], low[v] = next, next
		stack = append(stack, v)
		on[v] = true
		for _, e := range g.out[v] {
			if removed[e] {
				continue
			}
			if index[e.To] == 0 {
				visit(e.To)
				low[v] = min(low[v], low[e.To])
			} else if on[e.To] {
				low[v] = min(low[v], index[e.To])
			}
		}
		if low[v] != index[v] {
			return
		}
		number++
		for {
			w := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			on[w] = false
			comp[w] = number
			if w == v {
				return
			}
		}
	}
	for v := range g.Locks {
		if index[v] == 0 {
			visit(v)
		}
	}
	return comp
}
