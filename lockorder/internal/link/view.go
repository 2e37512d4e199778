package link

import (
	"go/types"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/ssa"
)

// What may be done outside of the view: by who imports a library, and, where the
// view is one package and the facts of its imports, by these too.

// openTo reports whether somebody outside of the view may call f.
func (p *Program) openTo(f *ssa.Function) bool {
	return f.Parent() == nil && exported(f) && !p.within(f)
}

// openField reports whether somebody outside of the view may use a field.
func (p *Program) openField(a *ssa.FieldAddr) bool {
	f := fieldVar(a)
	if !f.Exported() {
		return false
	}
	t := a.X.Type().Underlying().(*types.Pointer).Elem()
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Exported() && !p.within(a.Parent())
}

// openHook reports whether somebody outside of the view may set a field, of a
// function or a container.
func (p *Program) openHook(f *types.Var) bool {
	if p.far != nil {
		return f.Exported() || f.Pkg() != p.unit.Pkg
	}
	return f.Exported() && !p.inProgram(f.Pkg())
}

// madeElsewhere reports whether objects with a field may be made outside of a
// view of one package.
func (p *Program) madeElsewhere(field *types.Var) bool {
	if p.far == nil {
		return false
	}
	t := p.structWith(field)
	return t == nil || t.Exported() || t.Pkg() != p.unit.Pkg
}

// foreign reports whether a field may be set outside of a view of one package:
// also to an object of this package, or only to one made elsewhere.
func (p *Program) foreign(f *types.Var, made bool) bool {
	return p.far != nil && (f.Pkg() != p.unit.Pkg || made && f.Exported())
}

// foreignVar is foreign for a package variable.
func (p *Program) foreignVar(g *ssa.Global) bool {
	return p.far != nil && (g.Pkg != p.unit || g.Object() == nil || g.Object().Exported())
}

// foreignType reports whether containers of such elements may be filled outside
// of a view of one package.
func (p *Program) foreignType(elem types.Type) bool {
	if p.far == nil {
		return false
	}
	n := declared(elem)
	return n == nil || n.Obj().Pkg() != p.unit.Pkg
}

// callersOf returns the calls of f, and whether these are all.
func (p *Program) callersOf(f *ssa.Function) (in []*callgraph.Edge, all bool) {
	if p.openTo(f) {
		return nil, false
	}
	in = p.calls.callers(f)
	return in, p.far == nil || p.onlyHere(f, len(in) > 0)
}

// onlyHere reports whether only the one package in view can call f, which it
// does or does not.
func (p *Program) onlyHere(f *ssa.Function, called bool) bool {
	if generic := f.Origin(); generic != nil {
		f = generic
	}
	obj := f.Object()
	return obj != nil && obj.Pkg() == p.unit.Pkg && !p.scan.handed[f] &&
		(called || !obj.Exported()) // by an interface of another package
}

// calleesOf returns the functions that a call may call, and whether these are
// all.
func (p *Program) calleesOf(call ssa.CallInstruction) (fns []*ssa.Function, all bool) {
	fns = p.calls.callees(call)
	return fns, len(fns) > 0 && (p.far == nil || call.Common().StaticCallee() != nil)
}
