package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// onlyStore returns the one store into the cell of a captured or
// address-taken variable. A struct variable is an object of its own, unless
// what is stored is a call's result, which has no other home, or a parameter
// that can share locks with the caller's copy through its pointers only.
func (a *analysis) onlyStore(v *ssa.Alloc) *ssa.Store {
	if s, ok := a.stores[v]; ok {
		return s
	}
	a.stores[v] = nil
	var only *ssa.Store
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr != v {
				continue
			}
			if only != nil && only.Val != r.Val {
				return nil
			}
			only = r
		case *ssa.MakeClosure:
			// a closure that assigns to its free variable
			for i, b := range r.Bindings {
				if b == v && assigns(r.Fn.(*ssa.Function), i, 0) {
					return nil
				}
			}
		}
	}
	if only == nil {
		return nil
	}
	elem := v.Type().Underlying().(*types.Pointer).Elem().Underlying()
	switch elem.(type) {
	case *types.Struct, *types.Array:
		switch only.Val.(type) {
		case *ssa.Call, *ssa.Extract:
		case *ssa.Parameter:
			if copies(elem) || redirected(v) {
				return nil
			}
		default:
			return nil
		}
	}
	a.stores[v] = only
	return only
}

// assigns reports whether fn or a closure in it stores to its i'th free variable.
func assigns(fn *ssa.Function, i, depth int) bool {
	if i >= len(fn.FreeVars) || depth > 4 {
		return true
	}
	refs := fn.FreeVars[i].Referrers()
	if refs == nil {
		return false
	}
	for _, r := range *refs {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr == fn.FreeVars[i] {
				return true
			}
		case *ssa.MakeClosure:
			for j, b := range r.Bindings {
				if b == fn.FreeVars[i] && assigns(r.Fn.(*ssa.Function), j, depth+1) {
					return true
				}
			}
		}
	}
	return false
}
