package graph

import "sort"

// Survives reports whether a witness holds without a call.
type Survives func(w *Witness, call any) bool

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
// the lock as long as each step saves edges that do no harm, into the locks of
// the cycle or into others, then the others, nearest to the lock first.
func nearest(cuts []*Cut) {
	sort.SliceStable(cuts, func(i, j int) bool { return cuts[i].far < cuts[j].far })
	at := 0
	for at+1 < len(cuts) && cuts[at+1].better(cuts[at]) {
		at++
	}
	best := cuts[at]
	copy(cuts[1:at+1], cuts[:at])
	cuts[0] = best
}

func (c *Cut) better(d *Cut) bool {
	return c.gain > d.gain || c.gain == d.gain && c.wide > d.wide
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
	k := gainKey{to, call}
	if n, ok := g.gains[k]; ok { // many cycles share a call
		return n
	}
	if g.comp == nil {
		g.comp = g.components(nil)
		g.gains = make(map[gainKey]int)
	}
	n := 0
	for _, e := range g.in[to] {
		if alive(e, call, survives) {
			continue
		}
		if g.comp[e.From] == g.comp[to] {
			n++
		} else {
			n--
		}
	}
	g.gains[k] = n
	return n
}

type gainKey struct {
	to   int
	call any
}

// maxThrough bounds the cycles counted for a cut.
const maxThrough = 60

// through counts the feasible cycles of two or three edges that use the edge.
func (g *Graph) through(edge *Edge) int {
	n, known := g.cycles[edge]
	if known {
		return n
	}
	closing := make(map[int]*Edge)
	for _, e := range g.in[edge.From] {
		closing[e.From] = e
	}
	if e := closing[edge.To]; e != nil && g.possible([]*Edge{edge, e}) {
		n++
	}
	for _, e := range g.out[edge.To] {
		if last := closing[e.To]; n < maxThrough && last != nil && g.possible([]*Edge{edge, e, last}) {
			n++
		}
	}
	if g.cycles == nil {
		g.cycles = make(map[*Edge]int)
	}
	g.cycles[edge] = n
	return n
}
