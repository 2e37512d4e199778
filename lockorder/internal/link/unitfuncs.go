package link

import (
	"go/types"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/ssa"
)

// UnitFunctions returns the functions of one package and all that they refer
// to, with and without bodies: what ssautil.AllFunctions returns for a whole
// program. It does not visit the methods of imported types, unless the package
// makes an interface of them. Of generic functions that the package itself
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
			if types.IsInterface(t) || !m.Object().Exported() {
				continue
			}
			if n, ok := types.Unalias(t).(*types.Named); ok && generic(t) {
				for f := range n.Methods() {
					generics = append(generics, pkg.Prog.FuncValue(f))
				}
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

// AssumeTypes adds to the call graph of a unit what nothing flows to: a call of
// an interface that same says is of the package's module goes to the types of
// the package that implement it. It returns these calls.
func AssumeTypes(pkg *ssa.Package, fns map[*ssa.Function]bool, g *callgraph.Graph, same func(pkg string) bool) map[ssa.CallInstruction]bool {
	assumed := make(map[ssa.CallInstruction]bool)
	for fn := range fns {
		if fn.Pkg != pkg {
			continue
		}
		resolved := make(map[ssa.CallInstruction]bool)
		if n := g.Nodes[fn]; n != nil {
			for _, e := range n.Out {
				resolved[e.Site] = true
			}
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				site, ok := in.(ssa.CallInstruction)
				if !ok || resolved[site] || !site.Common().IsInvoke() {
					continue
				}
				callees := implementations(pkg, site.Common(), same)
				if len(callees) == 0 || len(callees) > maxImplementations {
					continue
				}
				assumed[site] = true
				for _, f := range callees {
					callgraph.AddEdge(g.CreateNode(fn), site, g.CreateNode(f))
				}
			}
		}
	}
	return assumed
}

// implementations are the methods of the package's types that an interface
// call can reach.
func implementations(pkg *ssa.Package, c *ssa.CallCommon, same func(string) bool) []*ssa.Function {
	n, ok := types.Unalias(c.Value.Type()).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || !same(n.Obj().Pkg().Path()) {
		return nil
	}
	iface, ok := n.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var out []*ssa.Function
	for _, m := range pkg.Members {
		t, ok := m.(*ssa.Type)
		if !ok || types.IsInterface(t.Type()) || generic(t.Type()) {
			continue
		}
		var of types.Type = t.Type()
		if !types.Implements(of, iface) {
			if of = types.NewPointer(of); !types.Implements(of, iface) {
				continue
			}
		}
		if sel := pkg.Prog.MethodSets.MethodSet(of).Lookup(c.Method.Pkg(), c.Method.Name()); sel != nil {
			if f := pkg.Prog.MethodValue(sel); f != nil {
				out = append(out, f)
			}
		}
	}
	return out
}
