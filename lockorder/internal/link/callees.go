package link

import (
	"go/types"
	"slices"
	"sort"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A callGraph answers by call site what golang.org/x/tools/go/callgraph
// stores by function. Of a whole program it does not change once begin is done.
type callGraph struct {
	graph *callgraph.Graph
	sites map[ssa.CallInstruction][]*ssa.Function // dynamic calls of the functions in view
}

// index looks up the dynamic calls of functions.
func (g *callGraph) index(fns []*ssa.Function) {
	g.sites = make(map[ssa.CallInstruction][]*ssa.Function)
	if g.graph == nil {
		return
	}
	for _, f := range fns {
		n := g.graph.Nodes[f]
		if n == nil {
			continue
		}
		for _, e := range n.Out {
			if e.Site != nil && e.Site.Common().StaticCallee() == nil {
				g.sites[e.Site] = append(g.sites[e.Site], e.Callee.Func)
			}
		}
	}
	keys := make(map[*ssa.Function]string)
	for _, callees := range g.sites {
		if len(callees) > 1 {
			order(callees, keys)
		}
	}
}

// order sorts functions by name.
func order(fns []*ssa.Function, keys map[*ssa.Function]string) {
	for _, f := range fns {
		if keys[f] == "" {
			keys[f] = flow.FuncKey(f)
		}
	}
	sort.Slice(fns, func(i, j int) bool {
		if a, b := keys[fns[i]], keys[fns[j]]; a != b {
			return a < b
		}
		return fns[i].Pos() < fns[j].Pos()
	})
}

// at returns the functions that the call graph has for a site, in a fixed
// order.
func (g *callGraph) at(site ssa.CallInstruction) []*ssa.Function { return g.sites[site] }

// add lets a site reach another function.
func (g *callGraph) add(site ssa.CallInstruction, f *ssa.Function) {
	callgraph.AddEdge(g.graph.CreateNode(site.Parent()), site, g.graph.CreateNode(f))
	g.sites[site] = append(g.sites[site], f)
	order(g.sites[site], make(map[*ssa.Function]string))
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
	if callee.Nil {
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
			return caller.Fn.Parent() != nil
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

// relevance says what of an argument makes a difference to the callee.
type relevance struct {
	decides bool // its value: a function called or handed on, what is compared with a constant
	locked  bool // whether the object is new: it has locks
	// dispatches: its dynamic type decides which method is called
	dispatches bool
}

// relevantSlots returns the parameters and free variables of f that make a
// difference to what f does.
func (p *Program) relevantSlots(f *ssa.Function) map[int]relevance {
	if r, ok := p.relevant[f]; ok {
		return r
	}
	if ff := p.farOf(f); ff != nil {
		return ff.slots
	}
	p.relevant[f] = nil // recursion: nothing yet
	var rel map[int]relevance
	mark := func(i int, v ssa.Value) {
		r := relevance{
			decides: p.decides(v, 0), locked: i < len(f.Params) && hasLock(v.Type()),
			dispatches: i < len(f.Params) && types.IsInterface(v.Type()) && p.dispatches(v, 0),
		}
		if r != (relevance{}) {
			if rel == nil {
				rel = make(map[int]relevance)
			}
			rel[i] = r
		}
	}
	if p.touches == nil || p.touches[f] {
		for i, v := range f.Params {
			mark(i, v)
		}
		for i, v := range f.FreeVars {
			mark(len(f.Params)+i, v)
		}
	}
	p.relevant[f] = rel
	return rel
}

// dispatches reports whether a method of the interface value v is called that
// may be one of several.
func (p *Program) dispatches(v ssa.Value, depth int) bool {
	if v.Referrers() == nil || depth > 3 {
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.ChangeInterface:
			if p.dispatches(r, depth+1) {
				return true
			}
		case *ssa.Phi:
			if p.dispatches(r, depth+1) {
				return true
			}
		case ssa.CallInstruction:
			c := r.Common()
			if c.IsInvoke() && c.Value == v {
				if len(p.calls.at(r)) > 1 {
					return true
				}
				continue
			}
			f := c.StaticCallee()
			if f == nil || p.Model(f) != nil {
				continue
			}
			rel := p.relevantSlots(f)
			for i, a := range c.Args {
				if a == v && rel[i].dispatches {
					return true
				}
			}
		}
	}
	return false
}

// decides reports whether the value of v decides a call or a branch.
func (p *Program) decides(v ssa.Value, depth int) bool {
	if v.Referrers() == nil || depth > 3 {
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.If:
			return true
		case *ssa.BinOp:
			_, x := r.X.(*ssa.Const)
			_, y := r.Y.(*ssa.Const)
			if (x || y) && p.decides(r, depth+1) {
				return true
			}
		case *ssa.UnOp:
			if p.decides(r, depth+1) {
				return true
			}
		case *ssa.Phi:
			if p.decides(r, depth+1) {
				return true
			}
		case *ssa.ChangeType:
			if p.decides(r, depth+1) {
				return true
			}
		case *ssa.Store: // into the cell of a captured parameter
			if cell, ok := r.Addr.(*ssa.Alloc); ok && r.Val == v && p.decides(cell, depth+1) {
				return true
			}
		case *ssa.MakeClosure:
			fn := r.Fn.(*ssa.Function)
			rel := p.relevantSlots(fn)
			for i, b := range r.Bindings {
				if b == v && rel[len(fn.Params)+i].decides {
					return true
				}
			}
		case ssa.CallInstruction:
			if p.decidesCall(r, v) {
				return true
			}
		}
	}
	return false
}

func (p *Program) decidesCall(site ssa.CallInstruction, v ssa.Value) bool {
	c := site.Common()
	if c.Value == v && !c.IsInvoke() {
		return true
	}
	if c.IsInvoke() {
		return p.decidesInvoke(site, v)
	}
	f := c.StaticCallee()
	if f == nil {
		return false
	}
	if m := p.Model(f); m != nil {
		for _, cl := range m.Clauses {
			for i, a := range c.Args {
				if a == v && cl.Calling(i) {
					return true
				}
			}
		}
		return false
	}
	rel := p.relevantSlots(f)
	for i, a := range c.Args {
		if a == v && rel[i].decides {
			return true
		}
	}
	return false
}

// decidesInvoke asks the same of a call of an interface's method that is
// handed a function.
func (p *Program) decidesInvoke(site ssa.CallInstruction, v ssa.Value) bool {
	if _, ok := v.Type().Underlying().(*types.Signature); !ok {
		return false
	}
	for _, f := range p.calls.at(site) {
		rel := p.relevantSlots(f)
		for i, a := range site.Common().Args {
			if a == v && rel[i+1].decides {
				return true
			}
		}
	}
	return false
}

// hasLock reports whether t points to a struct with a lock in it.
func hasLock(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	return lockWithin(ptr.Elem(), 0)
}

func lockWithin(t types.Type, depth int) bool {
	if isLockPointer(types.NewPointer(t)) {
		return true
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok || depth > 3 {
		return false
	}
	for i := range s.NumFields() {
		f := s.Field(i).Type()
		if lockWithin(f, depth+1) || isLockPointer(f) {
			return true
		}
	}
	return false
}
