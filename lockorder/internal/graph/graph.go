package graph

import (
	"sort"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A Graph is a lock-order graph.
type Graph struct {
	Locks []Lock
	Edges []*Edge

	out [][]*Edge // by lock
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
	// Of is the number of cycles of the cause, of which Cuts break some.
	Of int
}

// A Cut is a call through which cycles go.
type Cut struct {
	Call   any
	Edge   *Edge
	Breaks int
	Of     int
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

// Cut finds the calls without which the most cycles of the cause fall: calls
// on the way of its rarest edge. Of those that break as many, the one that
// takes the fewest other edges with it comes first, and of these the one
// nearest to the lock.
func (g *Graph) Cut(c *Cycle, survives Survives) {
	rare := g.rarest(c)
	cycles := g.through(c, rare)
	c.Of = len(cycles)
	var chosen *Witness
	for i, w := range c.Witnesses {
		if c.Edges[i] == rare {
			chosen = w
		}
	}
	calls := chosen.Chain().Calls
	lost := make(map[any]int)
	for i := len(calls) - 1; i >= 0; i-- {
		n := broken(cycles, calls[i], survives)
		c.Cuts = append(c.Cuts, Cut{Call: calls[i], Edge: rare, Breaks: n, Of: c.Of})
	}
	sort.SliceStable(c.Cuts, func(i, j int) bool { return c.Cuts[i].Breaks > c.Cuts[j].Breaks })
	for i := 0; i < len(c.Cuts) && c.Cuts[i].Breaks == c.Cuts[0].Breaks; i++ {
		lost[c.Cuts[i].Call] = g.lost(rare.To, c.Cuts[i].Call, survives)
	}
	sort.SliceStable(c.Cuts, func(i, j int) bool {
		a, b := c.Cuts[i], c.Cuts[j]
		if a.Breaks != b.Breaks {
			return a.Breaks > b.Breaks
		}
		return lost[a.Call] < lost[b.Call]
	})
}

// lost counts the edges into a lock that do not survive without the call.
func (g *Graph) lost(to int, call any, survives Survives) int {
	n := 0
	for _, e := range g.Edges {
		if e.To != to || len(e.Witnesses) == 0 {
			continue
		}
		alive := false
		for i := 0; i < len(e.Witnesses) && !alive; i++ {
			alive = survives(e.Witnesses[i], call)
		}
		if !alive {
			n++
		}
	}
	return n
}

// maxThrough bounds the cycles counted for a cut.
const maxThrough = 150

// through lists cycles of the strongly connected set that use the edge.
func (g *Graph) through(c *Cycle, rare *Edge) [][]*Edge {
	comp := g.components(nil)
	var out [][]*Edge
	var path []*Edge
	on := map[int]bool{rare.From: true}
	var visit func(at int)
	visit = func(at int) {
		if len(out) >= maxThrough {
			return
		}
		if at == rare.From {
			cycle := append([]*Edge{rare}, path...)
			if g.choose(cycle) != nil {
				out = append(out, cycle)
			}
			return
		}
		if on[at] || len(path)+1 >= maxCycle {
			return
		}
		on[at] = true
		for _, e := range g.out[at] {
			if comp[e.To] == comp[rare.From] {
				path = append(path, e)
				visit(e.To)
				path = path[:len(path)-1]
			}
		}
		delete(on, at)
	}
	visit(rare.To)
	return out
}

// broken counts the cycles that some edge of does not survive without call.
func broken(cycles [][]*Edge, call any, survives Survives) int {
	alive := make(map[*Edge]bool)
	n := 0
	for _, cycle := range cycles {
		for _, e := range cycle {
			ok, done := alive[e]
			if !done {
				for _, w := range e.Witnesses {
					if survives(w, call) {
						ok = true
						break
					}
				}
				alive[e] = ok
			}
			if !ok {
				n++
				break
			}
		}
	}
	return n
}

// Group keeps, of the cycles that one call breaks completely and that have a
// lock in common, the first.
func Group(cycles []*Cycle) []*Cycle {
	type key struct {
		call any
		lock int
	}
	seen := make(map[key]bool)
	var out []*Cycle
	for _, c := range cycles {
		dup := false
		for _, cut := range c.Cuts {
			for _, e := range c.Edges {
				dup = dup || cut.Breaks == cut.Of && seen[key{cut.Call, e.From}]
			}
		}
		if dup {
			continue
		}
		if len(c.Cuts) > 0 && c.Cuts[0].Breaks == c.Cuts[0].Of && c.Of > 1 {
			for _, e := range c.Edges {
				seen[key{c.Cuts[0].Call, e.From}] = true
			}
		}
		out = append(out, c)
	}
	return out
}

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
