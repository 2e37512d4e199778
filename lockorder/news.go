package lockorder

import (
	"path"

	"github.com/lockorder/lockorder/lockorder/internal/graph"
	"github.com/lockorder/lockorder/lockorder/internal/link"
)

// news reports whether a cycle is to be told here: it is not if one import
// already shows all of it, for it was told there. Locks of packages that only
// meet here are told of if one of them is of the same module.
func (b *builder) news(c *graph.Cycle, ours bool) bool {
	for i := range b.unit.imports {
		if c.Feasible(func(w *graph.Witness) bool { return b.from(w.Data.(*link.Witness)).Has(i) }) {
			return false
		}
	}
	if ours {
		return true
	}
	var pkgs []string
	for _, w := range c.Witnesses {
		for _, fr := range b.edge(w.Data.(*link.Witness)).Path {
			pkgs = append(pkgs, path.Dir(fr.Pos.File))
		}
	}
	return b.unit.meets(pkgs)
}

// tellsOf reports whether a wait is to be told here: it happens in a package
// that was asked for; or in a unit, somewhere in its proof, and no import shows
// all of that.
func (b *builder) tellsOf(h *link.Hang) bool {
	if b.unit == nil {
		return b.ours(h.Wait)
	}
	from, ours := b.from(h.Wait), b.ours(h.Wait)
	for _, w := range h.Need {
		from, ours = from.And(b.from(w)), ours || b.ours(w)
	}
	return ours && from.Empty()
}

// from is the set of imports that show a witness whole.
func (b *builder) from(w *link.Witness) link.Imports {
	out := b.program.From(w.Node.Fn)
	for _, s := range b.linked.Chain(w) {
		out = out.And(b.program.From(s.Fn))
	}
	for s := w.Held.Site; s != nil; s = s.Inner {
		out = out.And(b.program.From(s.Fn))
	}
	return out
}
