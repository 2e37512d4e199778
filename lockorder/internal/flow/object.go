package flow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// object returns the values of an allocated struct's fields that lead to other
// objects or functions and never change: each is stored once, here, and stored
// nowhere in the program but in objects just made.
func (a *analysis) object(alloc *ssa.Alloc) map[*types.Var]Value {
	s := structOf(alloc.Type())
	if s == nil || alloc.Referrers() == nil {
		return nil
	}
	stores := make(map[*types.Var]ssa.Value)
	EachSet(alloc, func(f *types.Var, v ssa.Value) {
		if !leads(f.Type()) || !a.host.Constant(f) {
			return
		}
		if _, twice := stores[f]; twice {
			v = nil
		}
		stores[f] = v
	})
	var fields map[*types.Var]Value
	for f, v := range stores {
		if v == nil {
			continue
		}
		w := a.eval(v)
		if w.Nil || w.Path == nil && w.Fn == nil {
			continue
		}
		if fields == nil {
			fields = make(map[*types.Var]Value)
		}
		fields[f] = w
	}
	return fields
}

// EachSet visits what the function of an allocated struct stores in its fields,
// other than nil: itself, or by a call of a function that does so with one of its
// parameters. A value that only this function knows is visited as nil.
func EachSet(alloc *ssa.Alloc, visit func(*types.Var, ssa.Value)) {
	for _, r := range *alloc.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr:
			eachStore(r, alloc, visit)
		case *ssa.Call:
			g := r.Call.StaticCallee()
			if g == nil || len(r.Call.Args) != len(g.Params) {
				continue
			}
			i := slices.Index(r.Call.Args, ssa.Value(alloc))
			if i < 0 {
				continue
			}
			for _, ref := range *g.Params[i].Referrers() {
				fa, ok := ref.(*ssa.FieldAddr)
				if !ok {
					continue
				}
				eachStore(fa, g.Params[i], func(f *types.Var, v ssa.Value) {
					param, _ := v.(*ssa.Parameter)
					if j := slices.Index(g.Params, param); j >= 0 {
						visit(f, r.Call.Args[j])
					} else {
						visit(f, nil)
					}
				})
			}
		}
	}
}

// eachStore visits what is stored at the address of a field of x, other than nil.
func eachStore(fa *ssa.FieldAddr, x ssa.Value, visit func(*types.Var, ssa.Value)) {
	if fa.X != x {
		return
	}
	for _, u := range *fa.Referrers() {
		st, ok := u.(*ssa.Store)
		if !ok || st.Addr != ssa.Value(fa) {
			continue
		}
		if c, ok := st.Val.(*ssa.Const); !ok || !c.IsNil() {
			visit(structField(x.Type(), fa.Field), st.Val)
		}
	}
}

// leads reports whether a value of type t refers to an object or a function.
func leads(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature:
		return true
	}
	return false
}

// OnlyStore returns the one store into a captured or address-taken variable,
// or nil.
func OnlyStore(v *ssa.Alloc) *ssa.Store {
	a := analysis{tables: &tables{stores: make(map[*ssa.Alloc]*ssa.Store)}}
	return a.onlyStore(v)
}
