package graph

import "slices"

// Others returns the further witnesses of edge i of a cycle, each of which
// deadlocks with those picked for the other edges as well.
func (g *Graph) Others(c *Cycle, i int) []*Witness {
	at := make([]int, len(c.Edges))
	for j, e := range c.Edges {
		at[j] = slices.Index(e.Witnesses, c.Witnesses[j])
	}
	pick := slices.Clone(c.Witnesses)
	var out []*Witness
	for k, w := range c.Edges[i].Witnesses {
		if k == at[i] || !g.inPlace(c.Edges, at, i, k) {
			continue
		}
		pick[i] = w
		if _, ok := g.feasible(c.Edges, pick); ok {
			out = append(out, w)
		}
	}
	return out
}

// inPlace reports whether witness k of edge i meets the witnesses at the places
// at of the other edges.
func (g *Graph) inPlace(edges []*Edge, at []int, i, k int) bool {
	for j := range edges {
		a, b, of, with := i, j, k, at[j]
		switch {
		case j == i:
			continue
		case j < i:
			a, b, of, with = j, i, at[j], k
		}
		m := g.meeting(edges[a], edges[b])
		if m.row(of)[with/64]&(1<<(with%64)) == 0 || !m.meets(of, with) {
			return false
		}
	}
	return true
}
