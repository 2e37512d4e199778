package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A function kept in a field is called on the objects that have it set. Which
// these are is told by where they come from: a log made by a constructor and
// kept in x.wal calls nothing, though other logs of its type, made elsewhere
// and kept in y.store, have got a callback.

// carriers returns the objects of which the program sets a function field.
func (p *Program) carriers(f *types.Var) origins {
	if o, ok := p.hooks[f]; ok {
		return o
	}
	o := p.trace(f, func(t *tracer) {
		t.loseIf(p.scan.index.taken[f] || p.openHook(f))
		for _, st := range p.scan.putsIn(f) {
			addr := st.Addr.(*ssa.FieldAddr)
			if isNil(st.Val) || p.restores(st, addr) {
				continue
			}
			t.owner(addr.X)
		}
		for _, st := range p.scan.index.whole[f] {
			t.owner(st.Addr)
		}
	})
	p.hooks[f] = o
	return o
}

// owner follows the object at an address, of which something is set.
func (t *tracer) owner(addr ssa.Value) {
	switch a := addr.(type) {
	case *ssa.FieldAddr:
		if !leadsOn(fieldVar(a).Type()) { // a part of its owner
			t.add(fieldVar(a))
			return
		}
		t.lose()
	case *ssa.IndexAddr:
		t.lose()
	default:
		t.value(addr)
	}
}

// restores reports whether a store gives a field back what it had.
func (p *Program) restores(st *ssa.Store, addr *ssa.FieldAddr) bool {
	chain, ok := p.locate(st.Val).from(p.locate(addr.X))
	return ok && len(chain) == 1 && chain[0] == fieldVar(addr)
}

// unsetAt reports whether the function field f of the object that a path names
// is never set.
func (p *Program) unsetAt(path *lock.Path, f *types.Var) bool {
	if path == nil {
		return false
	}
	c := p.carriers(f)
	return !c.lost && !p.meet(p.originsOf(path, f), c)
}

// uncalled reports whether the function called is one in a field that, in the
// object that the path says, is never set.
func (p *Program) uncalled(callee flow.Value) bool {
	q := callee.Path
	if q == nil || q.Kind != lock.Field {
		return false
	}
	f := q.Obj.(*types.Var).Origin()
	return isFunc(f.Type()) && p.unsetAt(q.Base, f)
}

// hooksOf returns the function fields of the object v that decide what a
// function does that has v.
func (p *Program) hooksOf(v ssa.Value, depth int) []*types.Var {
	if v.Referrers() == nil || depth > 3 {
		return nil
	}
	var out []*types.Var
	add := func(fields ...*types.Var) {
		for _, f := range fields {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr:
			f := fieldVar(r)
			if !isFunc(f.Type()) {
				continue
			}
			for _, u := range *r.Referrers() {
				if load, ok := u.(*ssa.UnOp); ok && p.decides(load, 0) {
					add(f)
				}
			}
		case *ssa.Store: // the variable of a parameter that closures share
			if cell, ok := r.Addr.(*ssa.Alloc); ok && r.Val == v {
				for _, u := range *cell.Referrers() {
					if load, ok := u.(*ssa.UnOp); ok {
						add(p.hooksOf(load, depth+1)...)
					}
				}
			}
		case ssa.CallInstruction:
			c := r.Common()
			g := c.StaticCallee()
			if g == nil || p.Model(g) != nil {
				continue
			}
			rel := p.relevantSlots(g)
			for i, a := range c.Args {
				if a == v {
					add(rel[i].hooks...)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b *types.Var) int { return int(a.Pos()) - int(b.Pos()) })
	return out
}

// unsetHooks keeps of a value, for a context, that some function fields of it
// are never set, and says which.
func (p *Program) unsetHooks(v flow.Value, hooks []*types.Var) (fields map[*types.Var]flow.Value, key string) {
	for _, f := range hooks {
		if known, ok := v.Fields[f]; ok && !known.Nil || !ok && !p.unsetAt(v.Path, f) {
			continue
		}
		if fields == nil {
			fields = make(map[*types.Var]flow.Value)
		}
		fields[f] = flow.Value{Nil: true}
		key += " no " + f.Name()
	}
	return fields, key
}
