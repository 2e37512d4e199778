package graph

import (
	"slices"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// Cycles returns the causes, smallest cycles first.
//
// A cycle is found at its lock of the smallest index. Taking out an edge makes
// no new cycles, so the search for the next goes on where it is.
func (g *Graph) Cycles() []*Cycle {
	g.init()
	removed := make([]bool, len(g.Edges))
	var out []*Cycle
	comp := g.components(removed)
	for length := 2; length <= maxCycle; length++ {
		for start := range g.Locks {
			s := &search{g: g, start: start, length: length, comp: comp, removed: removed}
			for s.reach() {
				c := s.next()
				if c == nil {
					break
				}
				removed[g.rarest(c).id] = true
				out = append(out, c)
			}
		}
		comp = g.components(removed)
	}
	return out
}

// maxCycle bounds the length of cycles looked for. Each further edge needs
// one more goroutine at the wrong place at the same time, and in the eighty
// real deadlocks that the house has read none took more than three.
const maxCycle = 4

// A search looks for the cycles of a length through start in which start has
// the smallest index.
type search struct {
	g       *Graph
	start   int
	length  int
	comp    []int
	removed []bool // by edge

	back  map[int]int // edges on the shortest way from a lock to start
	path  []*Edge
	found *Cycle
}

// reach computes back, and reports whether there can be a cycle.
func (s *search) reach() bool {
	if len(s.g.in[s.start]) == 0 || len(s.g.out[s.start]) == 0 {
		return false
	}
	s.back = map[int]int{s.start: 0}
	queue := []int{s.start}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if s.back[at] == s.length-1 {
			break
		}
		for _, e := range s.g.in[at] {
			if _, seen := s.back[e.From]; !seen && s.within(e.From) && !s.removed[e.id] {
				s.back[e.From] = s.back[at] + 1
				queue = append(queue, e.From)
			}
		}
	}
	return len(s.back) > 1
}

func (s *search) within(lock int) bool { return lock >= s.start && s.comp[lock] == s.comp[s.start] }

// next returns the first feasible cycle.
func (s *search) next() *Cycle {
	s.path, s.found = s.path[:0], nil
	s.visit(s.start)
	return s.found
}

func (s *search) visit(at int) {
	for _, e := range s.g.out[at] {
		if s.found != nil {
			return
		}
		if e.To == s.start {
			if len(s.path)+1 == s.length && !s.removed[e.id] && s.meets(e) {
				s.found = s.g.choose(append(s.path[:len(s.path):len(s.path)], e))
			}
			continue
		}
		far, ok := s.back[e.To]
		if !ok || len(s.path)+1+far > s.length || s.removed[e.id] || s.on(e.To) || !s.meets(e) {
			continue
		}
		s.path = append(s.path, e)
		s.visit(e.To)
		s.path = s.path[:len(s.path)-1]
	}
}

// on reports whether a lock is on the path.
func (s *search) on(lock int) bool {
	for _, e := range s.path {
		if e.To == lock {
			return true
		}
	}
	return false
}

// meets reports whether an edge goes together with each on the path.
func (s *search) meets(e *Edge) bool {
	for _, before := range s.path {
		if !s.g.meeting(before, e).some() {
			return false
		}
	}
	return true
}

// Feasible reports whether the cycle's edges are a deadlock by the witnesses
// that are in.
func (c *Cycle) Feasible(in func(*Witness) bool) bool {
	edges := make([]*Edge, len(c.Edges))
	for i, e := range c.Edges {
		f := &Edge{From: i, To: (i + 1) % len(c.Edges), id: int32(i)}
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
		// Of writers the whole cycle has been asked.
		locks[i] = Lock{Writer: true, Under: func() [][]Gate { return [][]Gate{nil} }}
	}
	return (&Graph{Locks: locks}).possible(edges)
}

// choose picks a witness for each edge so that together they deadlock, the
// best choice first; nil if there is none.
func (g *Graph) choose(edges []*Edge) *Cycle {
	if !g.possible(edges) || !g.meet(edges) {
		return nil
	}
	var best *Cycle
	bestCost := 1 << 30
	costs := make([]int, len(edges)+1)
	c := g.choice(edges)
	c.each(0, func(i int) bool {
		costs[i+1] = costs[i] + c.pick[i].Chain().cost()
		return costs[i+1] < bestCost
	}, func() bool {
		cost := costs[len(edges)]
		readers, ok := g.feasible(edges, c.pick)
		if readers {
			cost += 20
		}
		if ok && cost < bestCost {
			bestCost = cost
			best = &Cycle{Edges: append([]*Edge(nil), edges...), Witnesses: append([]*Witness(nil), c.pick...), ReadersOnly: readers}
		}
		return true
	})
	return best
}

// meet reports whether, at each lock of a cycle, who asks and who holds may do so
// of one instance.
func (g *Graph) meet(edges []*Edge) bool {
	for i, e := range edges {
		f := edges[(i+1)%len(edges)]
		if g.MayMeet != nil && !g.MayMeet(e, f) {
			g.meeting(e, f).never()
			g.meeting(f, e).never() // a cycle may begin between them
			return false
		}
	}
	return true
}

// possible reports whether choose finds a choice. It looks no chains up, which
// are dear, and most cycles have none.
func (g *Graph) possible(edges []*Edge) bool {
	for i, e := range edges {
		for _, before := range edges[:i] {
			if !g.meeting(before, e).some() {
				return false
			}
		}
	}
	found := false
	c := g.choice(edges)
	c.each(0, func(int) bool { return true }, func() bool {
		_, found = g.feasible(edges, c.pick)
		return !found
	})
	return found
}

// gated reports whether a lock keeps two witnesses apart: a gate of both, or of
// one what the other holds. Who waits for that is in another cycle.
func gated(v, w *Witness) bool {
	return conflict(v.Gates, w.Gates) || v.Held.in(w.Gates) || w.Held.in(v.Gates)
}

// keptApart reports whether two witnesses cannot both be at their waits, for a
// lock that at least one of them has taken on its way there. The waits for that
// lock are edges of their own.
func keptApart(v, w *Witness) bool {
	return w.keepsOut(v.locks()) || v.keepsOut(w.locks()) || bothKeep(v, w)
}

// locks are those held over both ends of a witness.
func (w *Witness) locks() []Gate { return append(slices.Clip(w.Gates), w.Held) }

// keepsOut reports whether the witness, when it waits, keeps out who holds one
// of the gates, by a lock that it has taken on its way.
func (w *Witness) keepsOut(gates []Gate) bool {
	for _, g := range gates {
		for _, k := range w.MayKeep() {
			if k.Name == g.Name && k.Mode.Conflicts(g.Mode) && w.Keeps(g) {
				return true
			}
		}
	}
	return false
}

// bothKeep reports whether two witnesses have both, when they wait, a lock that
// each has taken on its way, and that only one can have.
func bothKeep(v, w *Witness) bool {
	for _, k := range v.MayKeep() {
		for _, o := range w.MayKeep() {
			if k.Name == o.Name && k.Mode.Conflicts(o.Mode) {
				reader, writer := Gate{k.Name, lock.Shared}, Gate{k.Name, lock.Exclusive}
				if v.Keeps(reader) && w.Keeps(writer) || v.Keeps(writer) && w.Keeps(reader) {
					return true
				}
			}
		}
	}
	return false
}

func (w *Witness) elsewhere(v *Witness) bool { return w.Elsewhere != nil && w.Elsewhere(v) }

func conflict(as, bs []Gate) bool {
	for _, a := range as {
		if a.in(bs) {
			return true
		}
	}
	return false
}

// in reports whether one of the gates keeps out who holds this one.
func (g Gate) in(gates []Gate) bool {
	for _, o := range gates {
		if o.Name == g.Name && o.Mode.Conflicts(g.Mode) {
			return true
		}
	}
	return false
}

// feasible checks what no two witnesses alone tell: that at a lock where both
// are readers a writer can come. It reports whether there is such a lock.
func (g *Graph) feasible(edges []*Edge, pick []*Witness) (readers, ok bool) {
	for i, w := range pick {
		if !pick[(i+1)%len(pick)].Held.Mode.Conflicts(w.Mode) {
			readers = true
			if !g.Locks[edges[i].To].written(pick) {
				return false, false
			}
		}
	}
	return readers, true
}

// written reports whether somebody may ask for the lock exclusively while the
// witnesses are at their waits.
func (l *Lock) written(pick []*Witness) bool {
	return slices.ContainsFunc(l.Under(), func(under []Gate) bool {
		return !slices.ContainsFunc(pick, func(w *Witness) bool {
			return conflict(under, w.Gates) || w.keepsOut(under)
		})
	})
}
