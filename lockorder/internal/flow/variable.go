package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// captured returns the variable that fn's i'th free variable refers to, if it
// is an object, or is assigned more than once: it has one home, the function
// that declares it, and one path in that function and all closures below.
func captured(fn *ssa.Function, i int) *ssa.Alloc {
	for depth := 0; fn.Parent() != nil && depth < 8; depth++ {
		mk := closureOf(fn)
		if mk == nil || i >= len(mk.Bindings) {
			return nil
		}
		switch b := mk.Bindings[i].(type) {
		case *ssa.Alloc:
			a := analysis{tables: &tables{stores: make(map[*ssa.Alloc]*ssa.Store)}}
			if a.onlyStore(b) != nil && !isChan(b) {
				return nil
			}
			return b
		case *ssa.FreeVar:
			fn = fn.Parent()
			i = -1
			for j, f := range fn.FreeVars {
				if f == b {
					i = j
				}
			}
			if i < 0 {
				return nil
			}
		default:
			return nil
		}
	}
	return nil
}

// Variable returns the variable that a free variable of a closure refers to,
// or nil.
func Variable(v *ssa.FreeVar) *ssa.Alloc {
	fn := v.Parent()
	for depth := 0; fn.Parent() != nil && depth < 8; depth++ {
		mk := closureOf(fn)
		if mk == nil {
			return nil
		}
		var b ssa.Value
		for i, f := range fn.FreeVars {
			if f == v {
				b = mk.Bindings[i]
			}
		}
		switch b := b.(type) {
		case *ssa.Alloc:
			return b
		case *ssa.FreeVar:
			v, fn = b, fn.Parent()
		default:
			return nil
		}
	}
	return nil
}

// AssertedFrom returns the interface of which v was asserted to be another, in
// its function or, of a variable that is assigned once, around it; nil if it was
// not.
func AssertedFrom(v ssa.Value) *types.Interface {
	for range 16 {
		switch x := v.(type) {
		case *ssa.TypeAssert:
			was, _ := x.X.Type().Underlying().(*types.Interface)
			return was
		case *ssa.Extract:
			v = x.Tuple
		case *ssa.UnOp:
			if x.Op != token.MUL { // what a channel held is another value
				return nil
			}
			v = x.X
		case *ssa.FreeVar:
			cell := Variable(x)
			if cell == nil {
				return nil
			}
			v = cell
		case *ssa.Alloc:
			st := OnlyStore(x)
			if st == nil {
				return nil
			}
			v = st.Val
		default:
			return nil
		}
	}
	return nil
}

// closureOf returns the one instruction that makes the closure fn.
func closureOf(fn *ssa.Function) *ssa.MakeClosure {
	var only *ssa.MakeClosure
	for _, b := range fn.Parent().Blocks {
		for _, in := range b.Instrs {
			if mk, ok := in.(*ssa.MakeClosure); ok && mk.Fn == fn {
				if only != nil {
					return nil
				}
				only = mk
			}
		}
	}
	return only
}

// foreign reports whether p starts at a variable that closures share.
func foreign(p *lock.Path) bool {
	alloc, ok := p.Root().Key.(*ssa.Alloc)
	if !ok || !alloc.Heap {
		return false
	}
	for _, r := range *alloc.Referrers() {
		if _, ok := r.(*ssa.MakeClosure); ok {
			return true
		}
	}
	return false
}

// Shared reports whether p starts at a variable that a function and its
// closures share, and so is named alike in all of them.
func Shared(p *lock.Path) bool { return foreign(p) }

// isChan reports whether a variable is a channel. It is an object of its own,
// like a struct: who makes it does not matter, and it has a name.
func isChan(v *ssa.Alloc) bool {
	_, ok := v.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Chan)
	return ok
}

// Knows reports whether p, in fn, names the instance that it names where it
// comes from: a variable that closures share is one variable only for the
// function that declares it and the closures in it, called from there. Who
// comes back to a closure from elsewhere comes to the variable of another call.
func Knows(fn *ssa.Function, p *lock.Path) bool {
	alloc, ok := p.Root().Key.(*ssa.Alloc)
	if !ok || p.Root().Kind != lock.Local {
		return true
	}
	for f := fn; f != nil; f = f.Parent() {
		if f == alloc.Parent() {
			return true
		}
	}
	return false
}
