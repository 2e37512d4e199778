package report

import (
	"cmp"
	"maps"
	"slices"

	"github.com/lockorder/lockorder/lockorder"
)

// A hierarchy is the order that a lock graph implies: its strongly connected
// components in topological layers. A lock of one layer is only ever taken under
// locks of the layers above it, or of its own cycle.
type hierarchy struct {
	layers [][]component                    // outermost first; each sorted by its first lock
	cycles []component                      // the cyclic ones, in the order of the layers
	alone  []string                         // locks without any edge, sorted
	edges  map[string][]lockorder.GraphEdge // by held lock, sorted by acquired
	layer  map[string]int                   // by lock, from 0
	cycle  map[string]int                   // by lock of a cycle, from 1
}

// A component is a strongly connected set of locks, sorted.
type component []string

// graphOf returns the graph of r, or if r came without one, the graph that its
// findings draw: that is less, but it is the part with the cycles.
func graphOf(r *lockorder.Report) *lockorder.Graph {
	if r.Graph != nil {
		return r.Graph
	}
	type pair struct{ held, acquired string }
	edges := map[pair]lockorder.GraphEdge{}
	for _, f := range r.Findings {
		for _, e := range f.Edges {
			if e.Held == "" || e.Acquired == "" { // a leak takes nothing
				continue
			}
			p := pair{e.Held, e.Acquired}
			known := edges[p]
			edges[p] = lockorder.GraphEdge{Held: e.Held, Acquired: e.Acquired,
				Witnesses: append(known.Witnesses, e), Count: known.Count + 1}
		}
	}
	g := &lockorder.Graph{Edges: slices.SortedFunc(maps.Values(edges), compareEdges)}
	for _, name := range locksOf(g) {
		g.Locks = append(g.Locks, lockorder.GraphLock{Name: name})
	}
	return g
}

func compareEdges(a, b lockorder.GraphEdge) int {
	return cmp.Or(cmp.Compare(a.Held, b.Held), cmp.Compare(a.Acquired, b.Acquired))
}

// locksOf lists the names of g's locks, sorted.
func locksOf(g *lockorder.Graph) []string {
	set := map[string]bool{}
	for _, l := range g.Locks {
		set[l.Name] = true
	}
	for _, e := range g.Edges {
		set[e.Held], set[e.Acquired] = true, true
	}
	return sortedKeys(set)
}

// witness returns the shortest proof of e, and false if it came with none.
func witness(e *lockorder.GraphEdge) (lockorder.Edge, bool) {
	if len(e.Witnesses) == 0 {
		return lockorder.Edge{}, false
	}
	return slices.MinFunc(e.Witnesses, func(a, b lockorder.Edge) int {
		return cmp.Compare(len(a.HeldPath)+len(a.Path), len(b.HeldPath)+len(b.Path))
	}), true
}

// newHierarchy orders g.
func newHierarchy(g *lockorder.Graph) *hierarchy {
	h := &hierarchy{edges: map[string][]lockorder.GraphEdge{}, layer: map[string]int{}, cycle: map[string]int{}}
	for _, e := range slices.SortedFunc(slices.Values(g.Edges), compareEdges) {
		h.edges[e.Held] = append(h.edges[e.Held], e)
	}
	components := h.components(locksOf(g))
	// They come callee first, so that the outermost are the last.
	slices.Reverse(components)
	touched := map[string]bool{}
	for _, e := range g.Edges {
		touched[e.Held], touched[e.Acquired] = true, true
	}
	for _, c := range components {
		if !touched[c[0]] {
			h.alone = append(h.alone, c[0])
			continue
		}
		h.place(c)
	}
	slices.Sort(h.alone)
	for _, layer := range h.layers {
		slices.SortFunc(layer, func(a, b component) int { return cmp.Compare(a[0], b[0]) })
		for _, c := range layer {
			if h.cyclic(c) {
				h.cycles = append(h.cycles, c)
				for _, lock := range c {
					h.cycle[lock] = len(h.cycles)
				}
			}
		}
	}
	return h
}

// place puts c into its layer, which the components before it have settled, and
// pushes what it leads to below.
func (h *hierarchy) place(c component) {
	depth := 0
	for _, lock := range c {
		depth = max(depth, h.layer[lock])
	}
	for len(h.layers) <= depth {
		h.layers = append(h.layers, nil)
	}
	h.layers[depth] = append(h.layers[depth], c)
	for _, lock := range c {
		h.layer[lock] = depth
		for _, e := range h.edges[lock] {
			if !slices.Contains(c, e.Acquired) {
				h.layer[e.Acquired] = max(h.layer[e.Acquired], depth+1)
			}
		}
	}
}

// cyclic reports whether c has a cycle: two locks, or one taken under itself.
func (h *hierarchy) cyclic(c component) bool {
	return len(c) > 1 || slices.ContainsFunc(h.edges[c[0]], func(e lockorder.GraphEdge) bool { return e.Acquired == c[0] })
}

// components finds the strongly connected components, each after those that it
// leads to: Tarjan, Depth-first search and linear graph algorithms, SIAM J.
// Comput. 1(2), 1972.
func (h *hierarchy) components(locks []string) []component {
	var (
		found []component
		stack []string
		index = map[string]int{} // order of the first visit, from 1
		low   = map[string]int{} // the least index on the stack that is reached
		on    = map[string]bool{}
		visit func(string)
	)
	visit = func(v string) {
		index[v] = len(index) + 1
		low[v] = index[v]
		stack, on[v] = append(stack, v), true
		for _, e := range h.edges[v] {
			w := e.Acquired
			if index[w] == 0 {
				visit(w)
				low[v] = min(low[v], low[w])
			} else if on[w] {
				low[v] = min(low[v], index[w])
			}
		}
		if low[v] != index[v] {
			return
		}
		at := slices.Index(stack, v)
		c := component(slices.Sorted(slices.Values(stack[at:])))
		stack = stack[:at]
		for _, w := range c {
			on[w] = false
		}
		found = append(found, c)
	}
	for _, v := range locks {
		if index[v] == 0 {
			visit(v)
		}
	}
	return found
}
