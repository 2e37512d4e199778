package flow

import (
	"go/types"

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
	for _, r := range *alloc.Referrers() {
		fa, ok := r.(*ssa.FieldAddr)
		if !ok || fa.X != ssa.Value(alloc) {
			continue
		}
		f := s.Field(fa.Field).Origin()
		if !leads(f.Type()) || !a.host.Constant(f) {
			continue
		}
		for _, u := range *fa.Referrers() {
			if st, ok := u.(*ssa.Store); ok && st.Addr == ssa.Value(fa) {
				if _, twice := stores[f]; twice {
					stores[f] = nil
				} else {
					stores[f] = st.Val
				}
			}
		}
	}
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
