package graph

import "math/bits"

// A meeting tells which witnesses of an edge can be at their waits while which
// of another are. What two witnesses alone refute is asked once, not of each
// cycle that goes through both edges.
type meeting struct {
	g     *Graph
	a, b  *Edge
	words int
	rows  [][]uint64 // by witness of a, a bit for each witness of b; nil if not asked yet
	first int        // of a, those before meet none
	kept  []uint64   // as rows, of which keptApart has been asked
}

// meeting returns that of two edges, in their order around a cycle.
func (g *Graph) meeting(a, b *Edge) *meeting {
	k := [2]int32{a.id, b.id}
	m := g.meetings[k]
	if m == nil {
		if g.meetings == nil {
			g.meetings = make(map[[2]int32]*meeting)
		}
		m = &meeting{g: g, a: a, b: b, words: b.words(), rows: make([][]uint64, len(a.Witnesses))}
		g.meetings[k] = m
	}
	return m
}

// words is how many words have a bit for each witness.
func (e *Edge) words() int { return (len(e.Witnesses) + 63) / 64 }

// row returns the witnesses of b that a witness of a can meet.
func (m *meeting) row(i int) []uint64 {
	if m.rows[i] == nil {
		m.rows[i] = make([]uint64, m.words)
		w := m.a.Witnesses[i]
		for j, v := range m.b.Witnesses {
			if m.g.follows(m.a, w, m.b, v) && m.g.follows(m.b, v, m.a, w) && !gated(w, v) && !v.Apart(w) {
				m.rows[i][j/64] |= 1 << (j % 64)
			}
		}
	}
	return m.rows[i]
}

// follows reports whether the next edge's holder keeps out who asks, if it is
// the next: of two readers a writer must stand between.
func (g *Graph) follows(e *Edge, w *Witness, next *Edge, v *Witness) bool {
	return e.To != next.From || g.Locks[e.To].Writer || v.Held.Mode.Conflicts(w.Mode)
}

// some reports whether any two can meet.
func (m *meeting) some() bool {
	for ; m.first < len(m.rows); m.first++ {
		if !empty(m.row(m.first)) {
			return true
		}
	}
	return false
}

// never notes that no two can meet.
func (m *meeting) never() { m.first = len(m.rows) }

// meets asks of two that can meet so far what is dear, and once.
func (m *meeting) meets(i, j int) bool {
	if m.kept == nil {
		m.kept = make([]uint64, len(m.rows)*m.words)
	}
	at, bit := j/64, uint64(1)<<(j%64)
	if asked := &m.kept[i*m.words+at]; *asked&bit == 0 {
		*asked |= bit
		v, w := m.a.Witnesses[i], m.b.Witnesses[j]
		if keptApart(v, w) || v.elsewhere(w) || w.elsewhere(v) {
			m.rows[i][at] &^= bit
		}
	}
	return m.rows[i][at]&bit != 0
}

func empty(row []uint64) bool {
	for _, word := range row {
		if word != 0 {
			return false
		}
	}
	return true
}

// A choice is a search for a witness of each edge of a cycle, no two of which
// exclude each other.
type choice struct {
	g     *Graph
	edges []*Edge
	at    []int      // of each edge
	pick  []*Witness // the same
	open  [][]uint64 // by depth and edge: the witnesses that those picked leave
	tries int
}

func (g *Graph) choice(edges []*Edge) *choice {
	n := len(edges)
	c := &choice{g: g, edges: edges, at: make([]int, n), pick: make([]*Witness, n), open: make([][]uint64, n*n)}
	words := 0
	for _, e := range edges {
		words += e.words()
	}
	room := make([]uint64, n*words)
	for i := range c.open {
		k := edges[i%n].words()
		c.open[i], room = room[:k:k], room[k:]
	}
	for i, e := range edges {
		for j := range e.Witnesses {
			c.open[i][j/64] |= 1 << (j % 64)
		}
	}
	return c
}

// maxTries bounds the witnesses tried for one cycle.
const maxTries = 20000

// each goes through the choices in the order of the witnesses, as long as done
// returns true for them. It does not go on with a beginning for whose last
// witness worth returns false.
func (c *choice) each(i int, worth func(i int) bool, done func() bool) bool {
	n := len(c.edges)
	if i == n {
		return done()
	}
	for word, left := range c.open[i*n+i] {
		for ; left != 0; left &= left - 1 {
			if c.tries++; c.tries > maxTries {
				return false
			}
			c.at[i] = word*64 + bits.TrailingZeros64(left)
			c.pick[i] = c.edges[i].Witnesses[c.at[i]]
			if !c.leaves(i) || !worth(i) || !c.meets(i) {
				continue
			}
			if !c.each(i+1, worth, done) {
				return false
			}
		}
	}
	return true
}

// leaves narrows what is open for the edges after i to what its witness meets,
// and reports whether there is something for each.
func (c *choice) leaves(i int) bool {
	n := len(c.edges)
	for j := i + 1; j < n; j++ {
		row := c.g.meeting(c.edges[i], c.edges[j]).row(c.at[i])
		next := c.open[(i+1)*n+j]
		for k, word := range c.open[i*n+j] {
			next[k] = word & row[k]
		}
		if empty(next) {
			return false
		}
	}
	return true
}

// meets asks what is dear of the last witness and those before.
func (c *choice) meets(i int) bool {
	for j := range i {
		if !c.g.meeting(c.edges[j], c.edges[i]).meets(c.at[j], c.at[i]) {
			return false
		}
	}
	return true
}
