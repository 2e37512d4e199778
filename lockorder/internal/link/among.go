package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// An object that has a field that leads back to its owner is among those that
// the owner keeps: who goes through c.hub.clients with c's lock held, and takes
// the lock of each, comes to c itself.

// Among reports whether a relock takes the lock of each of the objects that the
// holder's owner keeps, of which the holder must be one.
func (l *Linked) Among(w *Witness) bool {
	return w.Path != nil && l.orEvery(w.Path, w.at(), func(p *lock.Path) bool { return l.among(w.Node, w.Held.Path, p) })
}

// among reports whether q is the same lock as h, of every object that is kept by
// the owner to which that of h leads back. Who takes the object out before, or
// in n's caller, is another matter.
func (l *Linked) among(n *flow.Node, h, q *lock.Path) bool {
	for h.Base != nil && q.Base != nil && h.Kind == lock.Field && q.Kind == lock.Field && h.Obj == q.Obj {
		h, q = h.Base, q.Base
		if q.Kind != lock.Elem || q.Key != lock.Every {
			continue
		}
		s, kept := spotOf(q)
		if kept == nil || kept.Base == nil {
			return false
		}
		up, leads := spotOf(kept.Base)
		return leads != nil && leads.Base == h && h.Exact() && l.p.back(s, up) && !l.takesOut(n, s.f)
	}
	return false
}

// takesOut reports whether a node, one that it calls, or one of those who call
// it takes elements out of the container in a field.
func (l *Linked) takesOut(n *flow.Node, f *types.Var) bool {
	does := func(n *flow.Node) bool {
		return removes(n.Fn, f) || slices.ContainsFunc(n.Record.Calls, func(c flow.Call) bool {
			return slices.ContainsFunc(c.Callees, func(to flow.Callee) bool { return removes(to.Node.Fn, f) })
		})
	}
	return does(n) || slices.ContainsFunc(l.callers[n.ID], func(c caller) bool { return does(l.p.order[c.node]) })
}

// removes reports whether a function deletes from the map in a field, or puts
// another container there.
func removes(fn *ssa.Function, f *types.Var) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.Call:
				if (flow.IsBuiltin(in, "delete") || flow.IsBuiltin(in, "clear")) && loads(in.Call.Args[0], f) {
					return true
				}
			case *ssa.Store:
				if addresses(in.Addr, f) && !grows(in.Val, f) {
					return true
				}
			}
		}
	}
	return false
}

// loads reports whether v is what is in a field.
func loads(v ssa.Value, f *types.Var) bool {
	load, ok := v.(*ssa.UnOp)
	return ok && addresses(load.X, f)
}

// addresses reports whether v is the address of a field.
func addresses(v ssa.Value, f *types.Var) bool {
	fa, ok := v.(*ssa.FieldAddr)
	return ok && fieldVar(fa) == f
}

// grows reports whether v is what is in a field, and more.
func grows(v ssa.Value, f *types.Var) bool {
	return flow.IsBuiltin(v, "append") && loads(v.(*ssa.Call).Call.Args[0], f)
}
