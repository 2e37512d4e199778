package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A field whose type keeps a value for it (an atomic.Pointer, a sync.Map) is
// stored to by a call, of which a model tells.

// keeper notes what a call puts into a field, and to which closure it hands
// what is there.
func (r *rules) keeper(in ssa.CallInstruction) {
	c := in.Common()
	m := r.p.ModelOf(c)
	if m == nil || c.IsInvoke() {
		return
	}
	for _, cl := range m.Clauses {
		if cl.Verb == model.Calls && cl.Expr.Index < len(c.Args) && slices.ContainsFunc(cl.Args, func(e model.Expr) bool { return e.Elem }) {
			if mk, ok := c.Args[cl.Expr.Index].(*ssa.MakeClosure); ok {
				r.visits[mk.Fn.(*ssa.Function)] = true
			} else if f, ok := c.Args[cl.Expr.Index].(*ssa.Function); ok {
				r.visits[f] = true
			}
		}
		if cl.Verb != model.Stores || cl.Expr.Index >= len(c.Args) || cl.In.Index >= len(c.Args) {
			continue
		}
		r.putIn(c.Args[cl.In.Index], cl.In.Elem, c.Args[cl.Expr.Index], in.Parent())
	}
}

// putIn notes a value put into a keeper, as its only one or one of many.
func (r *rules) putIn(keeper ssa.Value, elem bool, v ssa.Value, fn *ssa.Function) {
	if fa, ok := keeper.(*ssa.FieldAddr); ok {
		f := fieldVar(fa)
		if _, made := fa.X.(*ssa.Alloc); !made && !elem {
			r.varies[f] = r.varies[f] || !justMade(fa.X)
		}
		r.puts = append(r.puts, put{spot: spot{f: f, elem: elem}, owner: fa.X, value: v, fn: fn})
		return
	}
	l := r.p.locate(keeper)
	if n := len(l.chain); n > 0 && l.chain[n-1] != nil {
		r.puts = append(r.puts, put{spot: spot{f: l.chain[n-1], elem: elem}, owner: keeper, up: 1, value: v, fn: fn})
	}
}

// handed notes that somebody is handed the address of a keeper, and may put
// anything there.
func (r *rules) handed(in *ssa.FieldAddr) {
	f := fieldVar(in)
	if !r.p.isKeeper(f.Type()) {
		return
	}
	for _, use := range *in.Referrers() {
		switch use := use.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
			continue
		case ssa.CallInstruction:
			if r.p.ModelOf(use.Common()) != nil {
				continue
			}
		}
		r.unknown[spot{f: f}], r.unknown[spot{f: f, elem: true}] = true, true
	}
}

// isKeeper reports whether a type has a method that stores what it is given.
func (p *Program) isKeeper(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	is, ok := p.keepers[n.Obj()]
	if !ok {
		for m := range n.Origin().Methods() {
			if row := p.models.Lookup(m.FullName()); row != nil && row.Does(model.Stores) {
				is = true
			}
		}
		p.keepers[n.Obj()] = is
	}
	return is
}
