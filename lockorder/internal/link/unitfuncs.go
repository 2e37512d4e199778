package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// UnitFunctions returns the functions of one package and all that they refer
// to, with and without bodies: what ssautil.AllFunctions returns for a whole
// program. It does not visit the methods of imported types, unless the package
// makes an interface of them.
func UnitFunctions(pkg *ssa.Package) map[*ssa.Function]bool {
	w := &funcWalk{prog: pkg.Prog, seen: make(map[*ssa.Function]bool)}
	for _, m := range pkg.Members {
		switch m := m.(type) {
		case *ssa.Function:
			w.visit(m)
		case *ssa.Type:
			if t := m.Type(); !types.IsInterface(t) && !generic(t) {
				w.methods(t)
				w.methods(types.NewPointer(t))
			} else if n, ok := types.Unalias(t).(*types.Named); ok && generic(t) {
				for f := range n.Methods() {
					w.visit(pkg.Prog.FuncValue(f))
				}
			}
		}
	}
	for _, t := range pkg.Prog.RuntimeTypes() {
		if !types.IsInterface(t) {
			w.methods(t)
		}
	}
	return w.seen
}

func generic(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.TypeParams().Len() > n.TypeArgs().Len()
}

type funcWalk struct {
	prog *ssa.Program
	seen map[*ssa.Function]bool
}

func (w *funcWalk) methods(t types.Type) {
	set := w.prog.MethodSets.MethodSet(t)
	for i := range set.Len() {
		w.visit(w.prog.MethodValue(set.At(i)))
	}
}

func (w *funcWalk) visit(f *ssa.Function) {
	if f == nil || w.seen[f] {
		return
	}
	w.seen[f] = true
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
