package lockorder

import (
	"go/token"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/lockorder/lockorder/lockorder/internal/graph"
	"github.com/lockorder/lockorder/lockorder/internal/link"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// split parts findings into those to report and those that somebody has
// accepted, both as far as the configuration asks for them.
func (b *builder) split(fs []Finding) (open []Finding, accepted []Suppressed) {
	for i := range fs {
		by, ok := b.accepted(&fs[i])
		switch {
		case !ok:
			open = append(open, fs[i])
		case b.reported(&fs[i]):
			accepted = append(accepted, by)
		}
	}
	return b.filter(open), accepted
}

// accepted finds what accepts f: an ignore in the source, on a line of the
// finding's positions, or one of the file. All that do are used.
func (b *builder) accepted(f *Finding) (Suppressed, bool) {
	s := Suppressed{Finding: *f}
	ok := false
	for _, ig := range b.file.ignores() {
		if fits(ig, f) {
			ig.Used = true
			s.By, s.Reason, s.Pos, ok = "config", ig.Reason, b.place(ig.Pos), true
		}
	}
	if len(b.policy.Ignores) == 0 {
		return s, ok
	}
	for _, p := range positions(f) {
		file := p.File
		if !filepath.IsAbs(file) {
			file = filepath.Join(b.dir, filepath.FromSlash(file))
		}
		if ig := b.policy.Match(string(f.Kind), file, p.Line); ig != nil {
			s.By, s.Reason, s.Pos, ok = "comment", ig.Reason, b.place(ig.Pos), true
		}
	}
	return s, ok
}

// scope is what the run reports, after defaults.
func (b *builder) scope() Scope {
	s := Scope{Kinds: b.config.Kinds, Confidence: b.config.Confidence}
	if len(s.Kinds) == 0 {
		s.Kinds = Kinds
	}
	if s.Confidence == "" {
		s.Confidence = Medium
	}
	return s
}

func (b *builder) reported(f *Finding) bool {
	s := b.scope()
	return f.Confidence.Rank() <= s.Confidence.Rank() && slices.Contains(s.Kinds, f.Kind)
}

// positions are the places of a finding.
func positions(f *Finding) []Pos {
	out := []Pos{f.Pos}
	for _, e := range f.Edges {
		out = append(out, e.HeldAt, e.AcquiredAt)
		for _, fr := range e.Path {
			out = append(out, fr.Pos)
		}
	}
	return out
}

// problems reports the faults of the policy in the source and in the file.
func (b *builder) problems() []Problem {
	var out []Problem
	add := func(p token.Position, msg string) {
		out = append(out, Problem{Pos: b.place(p), Message: msg})
	}
	for _, e := range b.policy.Errors {
		add(e.Pos, e.Msg)
	}
	for _, e := range b.policy.Contradictions() {
		add(e.Pos, e.Msg)
	}
	for _, i := range b.policy.Unused() {
		add(i.Pos, "ignore "+i.Kind+" matches no finding: remove it")
	}
	b.fileProblems(add)
	sort.SliceStable(out, func(i, j int) bool { return lessPos(out[i].Pos, out[j].Pos) })
	return out
}

func (b *builder) place(p token.Position) Pos {
	file := p.Filename
	if rel, err := filepath.Rel(b.dir, file); err == nil && !strings.HasPrefix(rel, "..") {
		file = rel
	}
	return Pos{File: filepath.ToSlash(file), Line: p.Line, Column: p.Column}
}

// orders tells of the edges against a declared order.
func (b *builder) orders(g *graph.Graph) []Finding {
	var out []Finding
	for _, e := range g.Edges {
		le := b.edges[e]
		decl, ok := b.policy.Less(lock.Generic(le.Acquired), lock.Generic(le.Held))
		if !ok || len(le.Witnesses) == 0 {
			continue
		}
		here := b.unit == nil || b.unit.declaredHere(decl.Pos)
		best := le.Witnesses[0]
		for _, w := range le.Witnesses {
			if len(b.linked.Chain(w)) < len(b.linked.Chain(best)) {
				best = w
			}
		}
		if here || b.ours(best) { // else it was told where the edge is made
			out = append(out, b.order(best, b.place(decl.Pos)))
		}
	}
	return out
}

func (b *builder) order(w *link.Witness, declared Pos) Finding {
	edge := b.edge(w)
	f := Finding{
		Kind: Order, Confidence: High, Locks: []string{edge.Held, edge.Acquired}, Edges: []Edge{edge},
		Message: edge.Acquired + " is taken under " + edge.Held + ", against the order declared at " + declared.String(),
		Reason:  "the order is declared",
	}
	f.Pos = edge.Path[0].Pos
	f.ID = id(&f)
	return f
}
