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

// Releases returns the function that a field always has, if that gives back a
// lock: tx.release, which each method that takes the lock hands on to who is to
// give it back. Fields of other functions stay what they are, for what is asked
// of them, such as whether they are nil, is not known.
func (p *Program) Releases(field *lock.Path) *flow.FuncVal {
	f, ok := field.Obj.(*types.Var)
	if !ok || p.scan == nil || p.scan.rules == nil {
		return nil
	}
	if _, ok := f.Type().Underlying().(*types.Signature); !ok {
		return nil
	}
	fn := p.scan.rules.only(spot{f: f.Origin()})
	if fn == nil || !p.touches[fn] {
		return nil
	}
	binds := p.captured(fn, field)
	callees := p.bind(fn, nil, binds, "func")
	if len(callees) != 1 {
		return nil
	}
	for _, x := range p.Effect(callees[0].Node).Exits {
		if len(x.Holes) > 0 {
			return &flow.FuncVal{Fn: fn, Binds: binds}
		}
	}
	return nil
}

// only returns the function of a spot that never gets another, or nil.
func (r *rules) only(s spot) *ssa.Function {
	if r.unknown[s] || r.others[s] || r.open[s] || len(r.funcs[s]) != 1 {
		return nil
	}
	for f := range r.funcs[s] {
		return f
	}
	return nil
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
