package report

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"

	"github.com/lockorder/lockorder/lockorder"
)

// JSON writes r in the schema of docs/schema.json, indented. Lists that the schema
// does not leave out are never null, whatever the engine left them at. The
// graph, which may be gigabytes, is written edge by edge.
func JSON(w io.Writer, r *lockorder.Report) error {
	c := withoutNil(r)
	if c.Graph == nil {
		text, err := encoded(c, "")
		if err != nil {
			return err
		}
		_, err = w.Write(append(text, '\n'))
		return err
	}
	c.Graph = &lockorder.Graph{Locks: []lockorder.GraphLock{}, Edges: []lockorder.GraphEdge{}}
	text, err := encoded(c, "")
	if err != nil {
		return err
	}
	// No string has a line break in JSON: these lines are the graph's.
	before, after, _ := bytes.Cut(text, []byte("\n\t\"graph\": {\n\t\t\"locks\": [],\n\t\t\"edges\": []\n\t}"))
	p := &pieces{w: w}
	p.write(before)
	p.write([]byte("\n\t\"graph\": {\n\t\t\"locks\": "))
	each(p, r.Graph.Locks, func(l lockorder.GraphLock) lockorder.GraphLock {
		l.Sites = list(l.Sites)
		return l
	})
	p.write([]byte(",\n\t\t\"edges\": "))
	each(p, r.Graph.Edges, func(e lockorder.GraphEdge) lockorder.GraphEdge {
		e.Witnesses = edges(e.Witnesses)
		return e
	})
	p.write([]byte("\n\t}"))
	p.write(append(after, '\n'))
	return p.err
}

// pieces writes one after the other, up to the first error.
type pieces struct {
	w   io.Writer
	err error
}

func (p *pieces) write(text []byte) {
	if p.err == nil {
		_, p.err = p.w.Write(text)
	}
}

// each writes a list of the graph, an element at a time.
func each[T any](p *pieces, elements []T, whole func(T) T) {
	const indent = "\t\t\t"
	p.write([]byte("["))
	for i, e := range elements {
		text, err := encoded(whole(e), indent)
		if err != nil && p.err == nil {
			p.err = err
		}
		if i > 0 {
			p.write([]byte(","))
		}
		p.write([]byte("\n" + indent))
		p.write(text)
	}
	if len(elements) > 0 {
		p.write([]byte("\n\t\t"))
	}
	p.write([]byte("]"))
}

// encoded is v in JSON, its lines but the first behind the prefix.
func encoded(v any, prefix string) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetIndent(prefix, "\t")
	e.SetEscapeHTML(false) // messages and function names are full of "->" and "<"
	err := e.Encode(v)
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), err
}

// withoutNil returns a copy of r in which the lists of the schema are empty
// rather than nil, but for its graph's.
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
		if len(out[i].Others) > 0 {
			out[i].Others = edges(out[i].Others)
		}
	}
	return out
}

// list copies a slice, to one that is not nil.
func list[T any](s []T) []T { return append(make([]T, 0, len(s)), s...) }
