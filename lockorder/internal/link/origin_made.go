package link

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// makes returns what makes the object that f returns, if that is always one
// that f, or a function that it calls for it, has just made, or nil.
func (p *Program) makes(f *ssa.Function, i int) []ssa.Value {
	k := leakKey{f, i}
	if made, ok := p.makers[k]; ok {
		return made
	}
	p.makers[k] = nil // recursion: not known
	var made []ssa.Value
	for _, b := range f.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if made, ok = p.madeBy(ret.Results[i], made, 0); !ok {
			return nil
		}
	}
	p.makers[k] = made
	return made
}

// madeBy adds what makes a returned value.
func (p *Program) madeBy(v ssa.Value, made []ssa.Value, depth int) ([]ssa.Value, bool) {
	if depth > 4 {
		return nil, false
	}
	switch x := v.(type) {
	case *ssa.Const:
		return made, true
	case *ssa.Alloc:
		return append(made, x), true
	case *ssa.MakeInterface:
		return p.madeBy(x.X, made, depth+1)
	case *ssa.ChangeInterface:
		return p.madeBy(x.X, made, depth+1)
	case *ssa.Phi:
		for _, e := range x.Edges {
			var ok bool
			if made, ok = p.madeBy(e, made, depth+1); !ok {
				return nil, false
			}
		}
		return made, true
	case *ssa.UnOp: // a named result, or a variable that closures share
		cell, ok := x.X.(*ssa.Alloc)
		if !ok || x.Op != token.MUL || !onlyAssigned(cell) {
			return nil, false
		}
		for _, r := range *cell.Referrers() {
			if st, ok := r.(*ssa.Store); ok && !flow.Reloads(st.Val, cell) {
				if made, ok = p.madeBy(st.Val, made, depth+1); !ok {
					return nil, false
				}
			}
		}
		return made, true
	}
	call, i := flow.CallOf(v)
	if call == nil {
		return nil, false
	}
	f := call.Call.StaticCallee()
	if f == nil || f.Blocks == nil || p.Model(f) != nil || len(p.makes(f, i)) == 0 {
		return nil, false
	}
	return append(made, v), true
}

// onlyAssigned reports whether the variable is one to which its function
// assigns, and no closure.
func onlyAssigned(cell *ssa.Alloc) bool {
	for _, r := range *cell.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr != ssa.Value(cell) {
				return false
			}
		case *ssa.UnOp, *ssa.DebugRef, *ssa.MakeClosure:
		default:
			return false
		}
	}
	return !flow.ClosureAssigns(cell)
}

// inner adds to origins what made them within the calls that they are.
func (p *Program) inner(of map[any]bool) map[any]bool {
	all := make(map[any]bool)
	var add func(o any)
	add = func(o any) {
		if all[o] {
			return
		}
		all[o] = true
		v, _ := o.(ssa.Value)
		call, i := flow.CallOf(v)
		if call == nil {
			return
		}
		for _, f := range p.calls.callees(call) {
			for _, v := range p.makes(f, i) {
				add(v)
			}
		}
	}
	for o := range of {
		add(o)
	}
	return all
}

// meet reports whether an object may be of both origins.
func (p *Program) meet(a, b origins) bool {
	if a.lost || b.lost {
		return true
	}
	in := p.inner(b.of)
	for o := range a.of {
		if in[o] {
			return true
		}
	}
	in = p.inner(a.of)
	for o := range b.of {
		if in[o] {
			return true
		}
	}
	return false
}

// originsOf returns the origins of the object with a field that a path names.
func (p *Program) originsOf(path *lock.Path, field *types.Var) origins {
	k := objectOf{path, p.structWith(field)}
	o, ok := p.traced[k]
	if !ok {
		o = p.trace(field, func(t *tracer) { t.path(path) })
		p.traced[k] = o
	}
	return o
}

// An objectOf is what a path names, of a type.
type objectOf struct {
	path *lock.Path
	t    *types.TypeName
}

// path follows the object that a path names.
func (t *tracer) path(path *lock.Path) {
	switch path.Kind {
	case lock.Global:
		pkg := t.p.SSA.Package(path.Obj.Pkg())
		switch {
		case !leadsOn(path.Obj.Type()):
			t.add(path.Obj)
		case pkg != nil && pkg.Var(path.Obj.Name()) != nil:
			t.global(pkg.Var(path.Obj.Name()), false)
		default:
			t.lose()
		}
	case lock.Field:
		f := path.Obj.(*types.Var).Origin()
		if !leadsOn(f.Type()) {
			t.add(f)
			return
		}
		t.field(f, path.Name, false)
	case lock.Elem:
		if _, field := spotOf(path); field != nil {
			t.field(field.Obj.(*types.Var).Origin(), field.Name, true)
			return
		}
		t.lose()
	case lock.Local:
		v := path.Key.(ssa.Value)
		cell, ok := v.(*ssa.Alloc)
		if !ok {
			t.value(v)
			return
		}
		t.variable(cell, false)
	default:
		t.lose()
	}
}
