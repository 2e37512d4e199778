package lockorder

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/load"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// maxImplementations bounds what is taken from the class hierarchy for a
// call: an interface that more types implement says too little of which.
const maxImplementations = 4

// callGraph resolves the dynamic calls of the program: by the types and
// functions that flow to them (VTA). In a library that is analysed without its
// users nothing may flow to a call, for only they would supply it. Such a call
// of an interface method goes, in the modules asked for, to the types in view
// that were made for it: those that implement an interface of the same module.
// Everywhere, or for any interface, the class hierarchy makes far more cycles
// than there are (266 of two locks out of 1, measured on one library). These
// calls are returned as assumed.
func callGraph(prog *load.Program, fns map[*ssa.Function]bool, initial map[string]bool, models *model.Set) (*callgraph.Graph, map[ssa.CallInstruction]bool) {
	g := vtaGraph(prog.SSA, fns, models)
	modules := make(map[string]string)
	for _, pkg := range prog.All {
		if pkg.Module != nil {
			modules[pkg.PkgPath] = pkg.Module.Path
		}
	}
	asked := make(map[string]bool)
	for path := range initial {
		asked[modules[path]] = true
	}
	made := newImplementers(modules, fns)
	assumed := make(map[ssa.CallInstruction]bool)
	for fn := range fns {
		if fn.Pkg == nil || !asked[modules[fn.Pkg.Pkg.Path()]] {
			continue
		}
		resolved := make(map[ssa.CallInstruction]bool)
		for _, e := range g.CreateNode(fn).Out {
			resolved[e.Site] = true
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				site, ok := in.(ssa.CallInstruction)
				if !ok || resolved[site] || !site.Common().IsInvoke() {
					continue
				}
				callees := made.method(site.Common())
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
	return g, assumed
}

// implementers are the methods of the types that were made for an interface.
type implementers struct {
	modules map[string]string          // by the package's path
	methods map[string][]*ssa.Function // by types.Func.Id
	fits    map[wanted][]*ssa.Function // what method answered
}

func newImplementers(modules map[string]string, fns map[*ssa.Function]bool) *implementers {
	m := &implementers{modules: modules, methods: make(map[string][]*ssa.Function), fits: make(map[wanted][]*ssa.Function)}
	for fn := range fns {
		if o, ok := fn.Object().(*types.Func); ok && fn.Signature.Recv() != nil && modules[implementedIn(fn)] != "" {
			m.methods[o.Id()] = append(m.methods[o.Id()], fn)
		}
	}
	return m
}

// wanted is a method of an interface, which may have it from another.
type wanted struct {
	in     types.Type
	method *types.Func
}

// method returns the methods that a call of an interface's method may mean:
// those of the types of the interface's own module that implement it, and also
// the interface of which the value was asserted to be this one.
func (m *implementers) method(c *ssa.CallCommon) []*ssa.Function {
	fits := m.implement(c)
	if was := flow.AssertedFrom(c.Value); was != nil {
		fits = slices.DeleteFunc(slices.Clone(fits), func(f *ssa.Function) bool {
			return !types.Implements(f.Signature.Recv().Type(), was)
		})
	}
	return fits
}

// implement returns the methods of the types of the interface's own module that
// implement it.
func (m *implementers) implement(c *ssa.CallCommon) []*ssa.Function {
	w := wanted{c.Value.Type(), c.Method}
	fits, ok := m.fits[w]
	if ok {
		return fits
	}
	if of := m.modules[declaredIn(w.in)]; of != "" {
		iface := w.in.Underlying().(*types.Interface)
		for _, f := range m.methods[w.method.Id()] {
			if m.modules[implementedIn(f)] == of && types.Implements(f.Signature.Recv().Type(), iface) {
				fits = append(fits, f)
			}
		}
	}
	m.fits[w] = fits
	return fits
}

// allFunctions returns the functions to analyse: those that ssautil reaches, and
// in the packages asked for the methods of unexported types that nothing in
// view calls. A library hands out such types, and dead code was once alive. A
// generic type some methods of which nothing in view instantiates has the
// generic bodies of all of them: one that only half of them have would lack
// those who end a wait.
func allFunctions(prog *load.Program, initial map[string]bool) map[*ssa.Function]bool {
	fns := ssautil.AllFunctions(prog.SSA)
	var add func(f *ssa.Function)
	add = func(f *ssa.Function) {
		if f == nil || fns[f] {
			return
		}
		fns[f] = true
		var rands [10]*ssa.Value
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				for _, op := range in.Operands(rands[:0]) {
					if g, ok := (*op).(*ssa.Function); ok {
						add(g)
					}
				}
			}
		}
	}
	instantiated := make(map[*ssa.Function]bool)
	for f := range fns {
		if o := f.Origin(); o != nil {
			instantiated[o] = true
		}
	}
	for _, pkg := range prog.SSA.AllPackages() {
		if !initial[pkg.Pkg.Path()] {
			continue
		}
		for _, m := range pkg.Members {
			t, ok := m.(*ssa.Type)
			if !ok {
				continue
			}
			n, ok := t.Type().(*types.Named)
			if !ok {
				continue
			}
			var methods []*ssa.Function
			all := n.TypeParams() != nil
			for f := range n.Methods() {
				fn := prog.SSA.FuncValue(f)
				methods = append(methods, fn)
				all = all && (fns[fn] || instantiated[fn])
			}
			if !all {
				for _, fn := range methods {
					add(fn)
				}
			}
		}
	}
	return fns
}

// declaredIn is the path of the package that declares a named interface.
func declaredIn(t types.Type) string {
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil {
		return n.Obj().Pkg().Path()
	}
	return ""
}

// implementedIn is the path of the package whose type has the method.
func implementedIn(f *ssa.Function) string {
	if o := f.Object(); o != nil && o.Pkg() != nil {
		return o.Pkg().Path()
	}
	return ""
}
