package report

import (
	"encoding/json"
	"io"
	"slices"

	"github.com/lockorder/lockorder/lockorder"
)

// JSON writes r in the schema of docs/schema.json, indented. Lists that the schema
// does not leave out are never null, whatever the engine left them at.
func JSON(w io.Writer, r *lockorder.Report) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "\t")
	e.SetEscapeHTML(false) // messages and function names are full of "->" and "<"
	return e.Encode(withoutNil(r))
}

// withoutNil returns a copy of r in which the lists of the schema are empty
// rather than nil.
func withoutNil(r *lockorder.Report) *lockorder.Report {
	c := *r
	c.Findings = list(c.Findings)
	for i := range c.Findings {
		listed(&c.Findings[i])
	}
	c.Suppressed = slices.Clone(c.Suppressed)
	for i := range c.Suppressed {
		listed(&c.Suppressed[i].Finding)
	}
	if c.Graph != nil {
		g := lockorder.Graph{Locks: list(c.Graph.Locks), Edges: list(c.Graph.Edges)}
		for i := range g.Locks {
			g.Locks[i].Sites = list(g.Locks[i].Sites)
		}
		for i := range g.Edges {
			g.Edges[i].Witnesses = edges(g.Edges[i].Witnesses)
		}
		c.Graph = &g
	}
	return &c
}

func listed(f *lockorder.Finding) {
	f.Locks = list(f.Locks)
	f.Edges = edges(f.Edges)
}

func edges(in []lockorder.Edge) []lockorder.Edge {
	out := list(in)
	for i := range out {
		out[i].HeldPath = list(out[i].HeldPath)
		out[i].Path = list(out[i].Path)
		out[i].Gates = list(out[i].Gates)
	}
	return out
}

// list copies a slice, to one that is not nil.
func list[T any](s []T) []T { return append(make([]T, 0, len(s)), s...) }
