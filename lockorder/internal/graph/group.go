package graph

import (
	"slices"
	"sort"
)

// Group brings cycles of one root cause together: when one call breaks the
// causes of several findings completely, a few stand for all, and their
// cut counts them. The call that accounts for the most is taken first, unless
// two places account for more (samePlaces). below tells the locks that are taken
// below a call.
func (g *Graph) Group(cycles []*Cycle, survives Survives, below func(call any) []string) []*Cycle {
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
		if group, cuts := samePlaces(left); len(group) > most && len(group) >= MinGroup {
			sort.SliceStable(group, func(i, j int) bool { return group[i].cost() < group[j].cost() })
			c := group[0]
			c.Also, c.Cuts, c.Of = group[1:], cuts, len(group)
			out, left = append(out, c), without(left, group)
			continue
		}
		if most < MinGroup {
			return append(out, left...)
		}
		var tied []*Cut
		for _, call := range calls {
			if len(by[call]) == most {
				tied = append(tied, sums[call])
			}
		}
		g.widen(tied, survives, below)
		nearest(tied)
		best := tied[0].Call
		group := by[best]
		told, also := g.representatives(group)
		for _, c := range told {
			c.Cuts, c.Of = []Cut{*sums[best]}, sums[best].Of
			out = append(out, c)
		}
		told[0].Also = also
		left = without(left, group)
	}
}

// without returns the cycles that are not in a group.
func without(cycles, group []*Cycle) []*Cycle {
	in := make(map[*Cycle]bool)
	for _, c := range group {
		in[c] = true
	}
	var out []*Cycle
	for _, c := range cycles {
		if !in[c] {
			out = append(out, c)
		}
	}
	return out
}

// samePlaces returns the most cycles that have one lock in common, with both of
// the places that take it: at the one it is held when the next lock is taken, in
// the same function, and at the other it is taken when the one before is held. To
// mend one of the two breaks all: they are the cuts.
func samePlaces(cycles []*Cycle) ([]*Cycle, []Cut) {
	type places struct{ held, taken any }
	by := make(map[places][]*Cycle)
	var most places
	for _, c := range cycles {
		for i, e := range c.Edges {
			before := c.Edges[(i+len(c.Edges)-1)%len(c.Edges)]
			p := places{same(e, (*Chain).held), same(before, (*Chain).taken)}
			if p.held == nil || p.taken == nil {
				continue
			}
			if by[p] = append(by[p], c); len(by[p]) > len(by[most]) {
				most = p
			}
		}
	}
	n := len(by[most])
	return by[most], []Cut{{Call: most.held, Breaks: n, Of: n}, {Call: most.taken, Breaks: n, Of: n}}
}

// same returns what all witnesses of an edge have in common, or nil.
func same(e *Edge, place func(*Chain) any) any {
	first := place(e.Witnesses[0].Chain())
	for _, w := range e.Witnesses[1:] {
		if place(w.Chain()) != first {
			return nil
		}
	}
	return first
}

// held returns the operation that takes the held lock, if its function takes the
// other one too, without a call.
func (c *Chain) held() any {
	if len(c.Calls) > 0 {
		return nil
	}
	return c.Held
}

func (c *Chain) taken() any { return c.Taken }

// widen tells apart cuts that gain the same at the locks of their cycles: what
// is nearer to the lock is called by others too, for whom it takes other locks.
func (g *Graph) widen(tied []*Cut, survives Survives, below func(call any) []string) {
	alike := false
	for _, c := range tied[1:] {
		alike = alike || c.gain == tied[0].gain
	}
	if !alike {
		return
	}
	locks := make(map[string]bool)
	for _, c := range tied {
		names := below(c.Call)
		for _, name := range names[:min(len(names), maxWide)] {
			locks[name] = true
		}
	}
	for to, l := range g.Locks {
		for _, c := range tied {
			if locks[l.Name] {
				c.wide += g.gain(to, c.Call, survives)
			}
		}
	}
}

// maxWide bounds the locks that are asked about for one call.
const maxWide = 64

// perCause is how many cycles of one root cause are told in full at most.
const perCause = 3

// representatives parts the cycles of one root cause into those to tell in
// full and the others: the shortest; another, since one may be the easier to
// believe; and a third if it has a lock that these have not. Of several the
// shortest with a lock that no other one told has is taken first.
func (g *Graph) representatives(group []*Cycle) (told, also []*Cycle) {
	also = append(also, group...)
	sort.SliceStable(also, func(i, j int) bool { return also[i].cost() < also[j].cost() })
	named := make(map[int]bool)
	news := func(c *Cycle) bool {
		return slices.ContainsFunc(c.Edges, func(e *Edge) bool { return !named[e.From] })
	}
	for len(told) < perCause && len(also) > 0 {
		i := slices.IndexFunc(also, news)
		if i < 0 {
			if len(told) >= 2 {
				break
			}
			i = 0
		}
		for _, e := range also[i].Edges {
			named[e.From] = true
		}
		told = append(told, also[i])
		also = slices.Delete(also, i, i+1)
	}
	return told, also
}

func (c *Cycle) cost() int {
	n := 8 * len(c.Edges)
	for _, w := range c.Witnesses {
		n += w.Chain().cost()
	}
	return n
}

// MinGroup is how many findings one call must account for to be their common
// cause. Two may share a call by chance, and are better told apart.
const MinGroup = 3
