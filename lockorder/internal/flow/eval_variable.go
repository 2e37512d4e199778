package flow

import (
	"go/token"
	"go/types"
	"slices"

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
			if r.Addr != v || Reloads(r.Val, v) { // return x, where x is a named result
				continue
			}
			if only != nil && only.Val != r.Val {
				return nil
			}
			only = r
		}
	}
	if only == nil || ClosureAssigns(v) {
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

// Reloads reports whether x is what the variable holds.
func Reloads(x ssa.Value, v *ssa.Alloc) bool {
	u, ok := x.(*ssa.UnOp)
	return ok && u.Op == token.MUL && u.X == v
}

// returned is what a return statement gives for a result. Named results are
// variables in a function that defers: they are stored to, the deferred calls
// run, and they are loaded. What is stored just before is returned, unless a
// closure assigns to the variable.
func returned(x ssa.Value) ssa.Value {
	u, ok := x.(*ssa.UnOp)
	if !ok || u.Op != token.MUL {
		return x
	}
	v, ok := u.X.(*ssa.Alloc)
	if !ok || ClosureAssigns(v) {
		return x
	}
	for _, in := range slices.Backward(u.Block().Instrs) {
		if s, ok := in.(*ssa.Store); ok && s.Addr == v && !Reloads(s.Val, v) {
			return s.Val
		}
	}
	return x
}

// ClosureAssigns reports whether a closure assigns to a variable of the
// function.
func ClosureAssigns(v *ssa.Alloc) bool {
	for _, r := range *v.Referrers() {
		mk, ok := r.(*ssa.MakeClosure)
		if !ok {
			continue
		}
		for i, b := range mk.Bindings {
			if b == v && assigns(mk.Fn.(*ssa.Function), i, 0) {
				return true
			}
		}
	}
	return false
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
