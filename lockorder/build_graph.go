package lockorder

import (
	"sort"

	"github.com/lockorder/lockorder/lockorder/internal/graph"
	"github.com/lockorder/lockorder/lockorder/internal/link"
)

func (b *builder) publicGraph(g *graph.Graph) *Graph {
	pg := &Graph{Locks: []GraphLock{}, Edges: []GraphEdge{}}
	for _, l := range g.Locks {
		gl := GraphLock{Name: l.Name, Sites: []Pos{}}
		if c := b.linked.Classes[l.Name]; c != nil {
			for _, s := range c.Sites {
				gl.Sites = append(gl.Sites, b.pos(s.Instr, s.Fn))
			}
		}
		sort.Slice(gl.Sites, func(i, j int) bool { return lessPos(gl.Sites[i], gl.Sites[j]) })
		pg.Locks = append(pg.Locks, gl)
	}
	// Chains are found by the lock at their end.
	byEnd := append([]*graph.Edge(nil), g.Edges...)
	sort.SliceStable(byEnd, func(i, j int) bool { return byEnd[i].To < byEnd[j].To })
	for _, e := range byEnd {
		for _, w := range b.edges[e].Witnesses {
			b.linked.Chain(w)
		}
	}
	for _, e := range g.Edges {
		le := b.edges[e]
		ge := GraphEdge{Held: le.Held, Acquired: le.Acquired, Count: le.Count, Witnesses: []Edge{}}
		ws := append([]*link.Witness(nil), le.Witnesses...)
		sort.SliceStable(ws, func(i, j int) bool { return len(b.linked.Chain(ws[i])) < len(b.linked.Chain(ws[j])) })
		if len(ws) > 3 {
			ws = ws[:3]
		}
		for _, w := range ws {
			ge.Witnesses = append(ge.Witnesses, b.edge(w))
		}
		pg.Edges = append(pg.Edges, ge)
	}
	return pg
}

func lessPos(p, q Pos) bool {
	if p.File != q.File {
		return p.File < q.File
	}
	if p.Line != q.Line {
		return p.Line < q.Line
	}
	return p.Column < q.Column
}
