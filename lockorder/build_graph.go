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
	byEnd := make([]int, len(g.Edges))
	for i := range byEnd {
		byEnd[i] = i
	}
	sort.SliceStable(byEnd, func(i, j int) bool { return g.Edges[byEnd[i]].To < g.Edges[byEnd[j]].To })
	pg.Edges = make([]GraphEdge, len(g.Edges))
	for _, i := range byEnd {
		pg.Edges[i] = b.publicEdge(b.edges[g.Edges[i]])
	}
	return pg
}

// publicEdge writes out an edge with its shortest witnesses. There may be
// hundreds of thousands of edges, so that the chains of the others are not
// kept.
func (b *builder) publicEdge(e *link.Edge) GraphEdge {
	type chained struct {
		w     *link.Witness
		steps []link.Step
	}
	var ws []chained
	for _, w := range e.Witnesses {
		ws = append(ws, chained{w, b.linked.ChainOnce(w)})
	}
	sort.SliceStable(ws, func(i, j int) bool { return len(ws[i].steps) < len(ws[j].steps) })
	ge := GraphEdge{Held: e.Held, Acquired: e.Acquired, Count: e.Count, Witnesses: []Edge{}}
	for _, c := range ws[:min(3, len(ws))] {
		ge.Witnesses = append(ge.Witnesses, b.edgeBy(c.w, c.steps))
	}
	return ge
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
