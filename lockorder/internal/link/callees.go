package link

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A callGraph answers by call site what golang.org/x/tools/go/callgraph
// stores by function. Of a whole program it does not change once connect is
// done.
type callGraph struct {
	graph *callgraph.Graph
	sites map[ssa.CallInstruction][]*ssa.Function // dynamic calls of the functions in view
	place map[*ssa.Function]int                   // in the order of Sorted
}

// newCallGraph looks up the dynamic calls of fns; graph may be nil.
func newCallGraph(graph *callgraph.Graph, fns []*ssa.Function) *callGraph {
	g := &callGraph{graph: graph, sites: make(map[ssa.CallInstruction][]*ssa.Function), place: make(map[*ssa.Function]int, len(fns))}
	for i, f := range fns {
		g.place[f] = i
		g.dynamic(f, func(site ssa.CallInstruction, callee *ssa.Function) {
			g.sites[site] = append(g.sites[site], callee)
		})
	}
	keys := make(map[*ssa.Function]string)
	for _, callees := range g.sites {
		if len(callees) > 1 {
			g.order(callees, keys)
		}
	}
	return g
}

// dynamic visits the dynamic calls of f and what each may call, in no order.
func (g *callGraph) dynamic(f *ssa.Function, visit func(site ssa.CallInstruction, callee *ssa.Function)) {
	if g.graph == nil || g.graph.Nodes[f] == nil {
		return
	}
	for _, e := range g.graph.Nodes[f].Out {
		if e.Site != nil && e.Site.Common().StaticCallee() == nil {
			visit(e.Site, e.Callee.Func)
		}
	}
}

// callees returns the functions that a call may call.
func (g *callGraph) callees(site ssa.CallInstruction) []*ssa.Function {
	if f := site.Common().StaticCallee(); f != nil {
		return []*ssa.Function{f}
	}
	return g.at(site)
}

// order sorts functions by name.
func (g *callGraph) order(fns []*ssa.Function, keys map[*ssa.Function]string) {
	for _, f := range fns {
		if keys[f] == "" {
			keys[f] = flow.FuncKey(f)
		}
	}
	slices.SortFunc(fns, func(a, b *ssa.Function) int {
		return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(a.Pos(), b.Pos()), cmp.Compare(g.place[a], g.place[b]))
	})
}

// at returns the functions that the call graph has for a site, in a fixed
// order.
func (g *callGraph) at(site ssa.CallInstruction) []*ssa.Function { return g.sites[site] }

// add lets a site reach another function.
func (g *callGraph) add(site ssa.CallInstruction, f *ssa.Function) {
	callgraph.AddEdge(g.graph.CreateNode(site.Parent()), site, g.graph.CreateNode(f))
	g.sites[site] = append(g.sites[site], f)
	g.order(g.sites[site], make(map[*ssa.Function]string))
}

func (g *callGraph) callers(f *ssa.Function) []*callgraph.Edge {
	if g.graph == nil {
		return nil
	}
	if n := g.graph.Nodes[f]; n != nil {
		return n.In
	}
	return nil
}

// Callees resolves a call: statically, by the value called, by the dynamic
// type of an interface value where it is known, and else by the call graph.
func (p *Program) Callees(caller *flow.Node, site ssa.CallInstruction, callee flow.Value, args []flow.Value) []flow.Callee {
	c := site.Common()
	via := "call"
	if _, ok := site.(*ssa.Defer); ok {
		via = "defer"
	}
	if c.IsInvoke() {
		if callee.Dyn != nil {
			if callees, ok := p.methodOf(callee.Dyn, c.Method, args); ok {
				return callees
			}
			if sel := p.SSA.MethodSets.MethodSet(callee.Dyn).Lookup(c.Method.Pkg(), c.Method.Name()); sel != nil {
				if f := p.SSA.MethodValue(sel); f != nil {
					return p.bind(f, args, nil, via)
				}
			}
		}
		return p.targets(p.calls.at(site), args, "interface")
	}
	if f := c.StaticCallee(); f != nil && len(p.cutCalls) > 0 {
		if cut := p.nameOf(caller.Fn).cut; cut != nil && cut[p.nameOf(f).name] {
			return nil
		}
	}
	if callee.Fn != nil {
		if c.StaticCallee() == nil {
			via = "func"
		}
		return p.bind(callee.Fn.Fn, args, callee.Fn.Binds, via)
	}
	if f := c.StaticCallee(); f != nil {
		return p.bind(f, args, nil, via)
	}
	if callee.Nil || p.uncalled(callee) {
		return nil
	}
	if p.open(caller, callee) {
		if !slices.Contains(p.unbound[caller], site) {
			p.unbound[caller] = append(p.unbound[caller], site)
		}
		return nil
	}
	var out []flow.Callee
	for _, f := range p.calls.at(site) {
		if !p.scan.rules.holds(f, callee.Path) {
			continue
		}
		out = append(out, p.bind(f, args, p.captured(f, callee.Path), "func")...)
	}
	return out
}

// open reports whether the function called is a parameter or free variable
// that every caller in view binds to a function it knows: then the contexts
// speak, and merging all callers here would speak over them.
func (p *Program) open(caller *flow.Node, callee flow.Value) bool {
	if callee.Path == nil || callee.Path.Root() != callee.Path {
		return false
	}
	switch callee.Path.Kind {
	case lock.Free:
		return true
	case lock.Param:
		in := p.calls.callers(caller.Fn)
		if len(in) == 0 {
			return caller.Fn.Parent() != nil && !p.scan.rules.visits[caller.Fn]
		}
		for _, e := range in {
			if e.Site == nil || !bindsKnown(e.Site, callee.Path.Index) {
				return false
			}
		}
		return true
	}
	return false
}

// bindsKnown reports whether a call binds a parameter to a function that its
// context will know: a literal, nil, or a parameter of the caller's own.
func bindsKnown(site ssa.CallInstruction, i int) bool {
	args := site.Common().Args
	if site.Common().IsInvoke() {
		i--
	}
	if i < 0 || i >= len(args) {
		return false
	}
	v := args[i]
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
			continue
		case *ssa.Function, *ssa.MakeClosure, *ssa.Const, *ssa.Parameter, *ssa.FreeVar:
			return true
		case *ssa.UnOp: // the variable of a captured parameter
			switch x.X.(type) {
			case *ssa.Alloc, *ssa.FreeVar:
				return true
			}
		}
		return false
	}
}

// Bound resolves a call of a known function value.
func (p *Program) Bound(caller *flow.Node, site ssa.Instruction, f *flow.FuncVal, args []flow.Value, via string) []flow.Callee {
	return p.bind(f.Fn, args, f.Binds, via)
}

func (p *Program) bind(f *ssa.Function, args, binds []flow.Value, via string) []flow.Callee {
	if p.nameOf(f).nothing {
		return nil
	}
	if ff := p.farOf(f); ff != nil {
		return p.bindFar(ff, args, binds, via)
	}
	if f.Blocks == nil {
		return nil
	}
	vals := args
	if len(f.FreeVars) > 0 {
		vals = make([]flow.Value, len(f.Params), len(f.Params)+len(binds))
		copy(vals, args)
		vals = append(vals, binds...)
	}
	n := p.node(f, vals)
	return []flow.Callee{{Node: n, Env: flow.Env{Args: args, Binds: binds}, Via: via}}
}

func (p *Program) targets(fns []*ssa.Function, args []flow.Value, via string) []flow.Callee {
	var out []flow.Callee
	for _, f := range fns {
		out = append(out, p.bind(f, args, nil, via)...)
	}
	return out
}

// formatters are the methods that fmt looks for, in its order.
var formatters = []string{"Format", "GoString", "Error", "String"}

// Methods returns the methods by which fmt formats values of type t.
func (p *Program) Methods(t types.Type) []*ssa.Function {
	if ms, ok := p.formats[t]; ok {
		return ms
	}
	var out []*ssa.Function
	for _, name := range formatters {
		if f := p.Method(t, name); f != nil {
			out = append(out, f)
		}
	}
	p.formats[t] = out
	return out
}

// Method returns the exported method of a type, or nil.
func (p *Program) Method(t types.Type, name string) *ssa.Function {
	if sel := p.SSA.MethodSets.MethodSet(t).Lookup(nil, name); sel != nil {
		return p.SSA.MethodValue(sel)
	}
	return nil
}
