package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// parametric follows a container into a call of a generic function, as of
// slices.SortFunc, by its type alone, for which no body need be in view: what
// the function knows of the elements is that they are of a type parameter, so
// that those which it puts into the container are among what it is given
// (Reynolds: Types, Abstraction and Parametric Polymorphism, 1983; Wadler:
// Theorems for Free!, FPCA 1989). That it keeps the container in a variable of an
// interface type is not thought of.
func (w *closing) parametric(call *ssa.Call, f *ssa.Function, v ssa.Value) bool {
	if call.Call.IsInvoke() || f.Origin() == nil || f.Origin().Signature.TypeParams().Len() == 0 {
		return false
	}
	sig, args := f.Origin().Signature, call.Call.Args
	var elem *types.TypeParam
	for i, a := range args {
		if a != v {
			continue
		}
		e := elemParam(sig.Params().At(i).Type())
		if e == nil || elem != nil && e != elem {
			return false
		}
		elem = e
	}
	if elem == nil || elem.Underlying().(*types.Interface).NumMethods() > 0 {
		return false // a method may give others
	}
	for i, a := range args {
		switch t := sig.Params().At(i).Type(); {
		case t == types.Type(elem):
			w.c.put = append(w.c.put, putting{a, call})
		case elemParam(t) == elem:
			if a != v {
				w.c.more = append(w.c.more, a)
			}
		case !onlyTakes(t, elem):
			return false
		}
	}
	for r := range sig.Results().Variables() {
		switch t := r.Type(); {
		case elemParam(t) == elem:
			if sig.Results().Len() > 1 || !w.has(call) {
				return false
			}
		case t != types.Type(elem) && involves(t, elem):
			return false
		}
	}
	return true
}

// elemParam returns the type parameter that is the type of the elements of a
// slice, or of the values of a map; or nil.
func elemParam(t types.Type) *types.TypeParam {
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		in := p.Constraint().Underlying().(*types.Interface)
		if in.NumMethods() > 0 || in.NumEmbeddeds() != 1 {
			return nil
		}
		t = in.EmbeddedType(0)
		if u, ok := t.(*types.Union); ok && u.Len() == 1 {
			t = u.Term(0).Type()
		}
	}
	var e types.Type
	switch c := types.Unalias(t).(type) {
	case *types.Slice:
		e = c.Elem()
	case *types.Map:
		e = c.Elem()
	default:
		return nil
	}
	p, _ := types.Unalias(e).(*types.TypeParam)
	return p
}

// onlyTakes reports whether nothing of a type parameter comes out of an argument
// of a type: a function may be given some.
func onlyTakes(t types.Type, elem *types.TypeParam) bool {
	f, ok := types.Unalias(t).(*types.Signature)
	if !ok {
		return !involves(t, elem)
	}
	for p := range f.Params().Variables() {
		if p.Type() != types.Type(elem) && involves(p.Type(), elem) {
			return false
		}
	}
	return !involves(f.Results(), elem)
}

// involves reports whether a type is made with a type parameter.
func involves(t types.Type, p *types.TypeParam) bool {
	seen := make(map[types.Type]bool)
	var in func(t types.Type) bool
	in = func(t types.Type) bool {
		if seen[t] {
			return false
		}
		seen[t] = true
		switch t := t.(type) {
		case *types.TypeParam:
			return t == p || in(t.Constraint().Underlying())
		case *types.Alias:
			return in(types.Unalias(t))
		case *types.Named:
			for a := range t.TypeArgs().Types() {
				if in(a) {
					return true
				}
			}
		case interface{ Elem() types.Type }: // a pointer, slice, array or channel
			m, ok := t.(*types.Map)
			return in(t.Elem()) || ok && in(m.Key())
		case *types.Struct:
			for f := range t.Fields() {
				if in(f.Type()) {
					return true
				}
			}
		case *types.Tuple:
			for v := range t.Variables() {
				if in(v.Type()) {
					return true
				}
			}
		case *types.Signature:
			return in(t.Params()) || in(t.Results())
		case *types.Union:
			for x := range t.Terms() {
				if in(x.Type()) {
					return true
				}
			}
		case *types.Interface:
			for m := range t.ExplicitMethods() {
				if in(m.Type()) {
					return true
				}
			}
			for e := range t.EmbeddedTypes() {
				if in(e) {
					return true
				}
			}
		}
		return false
	}
	return in(t)
}
