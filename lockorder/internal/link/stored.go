package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// Stored resolves a call of the function in a field that only a model calls,
// so that no call graph knows it. Field is the path of the function; what
// counts are the stores to it in objects that are in the same field, or are
// the same variable.
func (p *Program) Stored(field *lock.Path, args []flow.Value) []flow.Callee {
	if field == nil || field.Kind != lock.Field {
		return nil
	}
	f, home := field.Obj.(*types.Var).Origin(), field.Base.Obj
	if v, ok := home.(*types.Var); ok {
		home = v.Origin()
	}
	if home == nil {
		return nil
	}
	var out []flow.Callee
	for _, st := range p.scan.putsIn(f) {
		if !isIn(st.Addr.(*ssa.FieldAddr).X, home) {
			continue
		}
		switch v := st.Val.(type) {
		case *ssa.Function:
			out = append(out, p.bind(v, args, nil, "model")...)
		case *ssa.MakeClosure:
			fn := v.Fn.(*ssa.Function)
			binds := ownerBound(v, st.Addr.(*ssa.FieldAddr).X, field.Base.Base)
			if binds == nil {
				binds = p.captured(fn, field)
			}
			out = append(out, p.bind(fn, args, binds, "model")...)
		}
	}
	return out
}

// ownerBound gives the free variables of a closure that are the object of which
// obj is a field the path of that object.
func ownerBound(mk *ssa.MakeClosure, obj ssa.Value, owner *lock.Path) []flow.Value {
	a, ok := obj.(*ssa.FieldAddr)
	if !ok || owner == nil {
		return nil
	}
	var binds []flow.Value
	for i, b := range mk.Bindings {
		if object(b) == object(a.X) {
			if binds == nil {
				binds = make([]flow.Value, len(mk.Bindings))
			}
			binds[i] = flow.Value{Path: owner}
		}
	}
	return binds
}

// isIn reports whether an object is that in a field or variable.
func isIn(obj ssa.Value, home types.Object) bool {
	named := func(addr ssa.Value) bool {
		switch a := addr.(type) {
		case *ssa.FieldAddr:
			return types.Object(fieldVar(a)) == home
		case *ssa.Global:
			return a.Object() == home
		}
		return false
	}
	if named(obj) {
		return true
	}
	made, ok := obj.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, r := range *made.Referrers() {
		switch r := r.(type) {
		case *ssa.Store: // of its address
			if r.Val == made && named(r.Addr) {
				return true
			}
		case *ssa.UnOp: // or of its copy
			for _, use := range *r.Referrers() {
				if st, ok := use.(*ssa.Store); ok && st.Val == r && named(st.Addr) {
					return true
				}
			}
		}
	}
	return false
}
