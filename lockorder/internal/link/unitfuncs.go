package link

import (
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// UnitFunctions returns the functions of one package and all that they refer
// to, with and without bodies: what ssautil.AllFunctions returns for a whole
// program, and the methods of unexported types. It does not visit the methods of
// imported types, unless the package makes an interface of them. Of generic functions that the package itself
// does not instantiate, it has the generic bodies, for importers who do.
func UnitFunctions(pkg *ssa.Package) map[*ssa.Function]bool {
	w := &funcWalk{prog: pkg.Prog, seen: make(map[*ssa.Function]bool), instances: make(map[*ssa.Function]bool)}
	var generics []*ssa.Function
	for _, m := range pkg.Members {
		switch m := m.(type) {
		case *ssa.Function:
			if m.Signature.TypeParams().Len() > 0 {
				generics = append(generics, m)
				continue
			}
			w.visit(m)
		case *ssa.Type:
			t := m.Type()
			if types.IsInterface(t) {
				continue
			}
			if n, ok := types.Unalias(t).(*types.Named); ok && generic(t) {
				for f := range n.Methods() {
					generics = append(generics, pkg.Prog.FuncValue(f))
				}
				continue
			}
			if !m.Object().Exported() {
				w.declared(t)
				continue
			}
			w.methods(t)
			w.methods(types.NewPointer(t))
		}
	}
	for _, t := range pkg.Prog.RuntimeTypes() {
		if !types.IsInterface(t) {
			w.methods(t)
		}
	}
	for _, f := range generics {
		if !w.instances[f] {
			w.visit(f)
		}
	}
	return w.seen
}

func generic(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.TypeParams().Len() > n.TypeArgs().Len()
}

type funcWalk struct {
	prog      *ssa.Program
	seen      map[*ssa.Function]bool
	instances map[*ssa.Function]bool // generic functions of which instances are seen
}

func (w *funcWalk) methods(t types.Type) {
	set := w.prog.MethodSets.MethodSet(t)
	for i := range set.Len() {
		w.visit(w.prog.MethodValue(set.At(i)))
	}
}

// declared visits the methods that an unexported type declares, though nothing
// in view may call them: a library hands out such types, and dead code was once
// alive.
func (w *funcWalk) declared(t types.Type) {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return
	}
	for f := range n.Methods() {
		w.visit(w.prog.FuncValue(f))
	}
}

func (w *funcWalk) visit(f *ssa.Function) {
	if f == nil || w.seen[f] {
		return
	}
	w.seen[f] = true
	if o := f.Origin(); o != nil && o != f {
		w.instances[o] = true
	}
	var rands [16]*ssa.Value
	for _, b := range f.Blocks {
		for _, in := range b.Instrs {
			for _, op := range in.Operands(rands[:0]) {
				if g, ok := (*op).(*ssa.Function); ok {
					w.visit(g)
				}
			}
		}
	}
}

// maxImplementations bounds the types that an unresolved call is taken to
// reach: an interface that more implement says too little of which.
const maxImplementations = 4

// implementations are the package's types that implement an interface, sorted.
func implementations(pkg *ssa.Package, iface *types.Interface) []types.Type {
	var out []types.Type
	for _, name := range slices.Sorted(maps.Keys(pkg.Members)) {
		t, ok := pkg.Members[name].(*ssa.Type)
		if !ok || types.IsInterface(t.Type()) || generic(t.Type()) {
			continue
		}
		if types.Implements(t.Type(), iface) {
			out = append(out, t.Type())
		} else if ptr := types.NewPointer(t.Type()); types.Implements(ptr, iface) {
			out = append(out, ptr)
		}
	}
	return out
}
