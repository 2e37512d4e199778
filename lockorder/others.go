package lockorder

import (
	"cmp"
	"slices"

	"github.com/lockorder/lockorder/lockorder/internal/graph"
	"github.com/lockorder/lockorder/lockorder/internal/link"
)

// others are the other places that make edge i of a cycle: of those that go
// through one call of one function the nearest, in the order of the source.
func (b *builder) others(g *graph.Graph, c *graph.Cycle, i int, told *Edge) []Edge {
	seen := map[Pos]int{told.Start(): -1}
	var out []Edge
	for _, w := range g.Others(c, i) {
		e := b.edge(w.Data.(*link.Witness))
		at, ok := seen[e.Start()]
		switch {
		case !ok:
			seen[e.Start()] = len(out)
			out = append(out, e)
		case at >= 0 && len(e.Path) < len(out[at].Path):
			out[at] = e
		}
	}
	slices.SortFunc(out, func(x, y Edge) int {
		p, q := x.Start(), y.Start()
		return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
	})
	return out
}
