package link

import (
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// A Put says that an interface in a slot may be made of a concrete type, which
// is known by its name.
type Put struct{ Slot, Type string }

// ResolveCalls finds what the unit's interface calls may reach beside what
// flows to them in the unit, before the functions are walked: what a method
// locks, its caller holds. They are the methods of the types that facts say are
// in the slots which lead to the call. Where nothing says anything, and the
// interface is of the unit's module, they are those of all types that are made
// into it, or into an interface that has its methods too; or, if none is, those
// of the package's types that implement it. These calls are assumed.
func (p *Program) ResolveCalls() {
	r := &resolver{p: p, s: p.slots, made: make(map[*types.Named]candidates), done: make(map[siteTarget]bool)}
	for _, f := range p.scan.fns {
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				if site, ok := in.(ssa.CallInstruction); ok && site.Common().IsInvoke() {
					r.sites = append(r.sites, site)
				}
			}
		}
	}
	for range maxResolve {
		if !r.bySlots() && !r.byType() {
			return
		}
	}
}

// maxResolve bounds how many results of calls a call may depend on.
const maxResolve = 8

type resolver struct {
	p     *Program
	s     *slots
	sites []ssa.CallInstruction
	done  map[siteTarget]bool
	made  map[*types.Named]candidates
}

// candidates are the types that an interface may be made of: of other
// packages, by name, and the package's own.
type candidates struct {
	far []string
	own []types.Type
}

type siteTarget struct {
	site ssa.CallInstruction
	fn   *ssa.Function
}

// bySlots resolves what the slots tell, and reports whether that was news.
func (r *resolver) bySlots() bool {
	grew := false
	known := make(map[any][]string) // types, by node
	for _, site := range r.sites {
		if !r.p.far.methods[flow.MethodID(site.Common().Method)] {
			continue
		}
		at := r.s.node(site.Common().Value)
		names, ok := known[at]
		if !ok {
			_, via := r.s.reach(at)
			names = r.s.farTypes(via)
			known[at] = names
		}
		if r.add(site, names) {
			grew = true
		}
	}
	return grew
}

// farTypes are the types that facts say are in some of the slots, sorted.
func (s *slots) farTypes(via []slot) []string {
	var out []string
	for _, v := range via {
		out = append(out, s.p.far.puts[v]...)
	}
	sort.Strings(out)
	return slices.Compact(out)
}

// byType resolves the calls that nothing flows to, but of those only that do
// not ask what another of them returns, if there are any.
func (r *resolver) byType() bool {
	var open, first []ssa.CallInstruction
	pending := make(map[any]bool)
	for _, site := range r.sites {
		n, ok := types.Unalias(site.Common().Value.Type()).(*types.Named)
		if ok && n.Obj().Pkg() != nil && r.p.Same(n.Obj().Pkg().Path()) && len(r.p.calls.at(site)) == 0 && !r.fitting(site, n).none() {
			open = append(open, site)
			pending[site] = true
		}
	}
	for _, site := range open {
		if !r.s.asksCall(site.Common().Value, pending) {
			first = append(first, site)
		}
	}
	if len(first) == 0 {
		first = open
	}
	grew := false
	for _, site := range first {
		c := r.fitting(site, types.Unalias(site.Common().Value.Type()).(*types.Named))
		if r.add(site, c.far) || r.addOwn(site, c.own) {
			grew = true
			r.p.Assumed[site] = true
		}
	}
	return grew
}

// asksCall reports whether what a call in calls returns leads to v.
func (s *slots) asksCall(v ssa.Value, calls map[any]bool) bool {
	found := false
	s.walk(s.node(v), func(x any) {
		switch x := x.(type) {
		case *ssa.Extract:
			found = found || calls[x.Tuple]
		case *ssa.Call:
			found = found || calls[x]
		}
	})
	return found
}

func (c candidates) none() bool { return len(c.far)+len(c.own) == 0 }

// fitting are the candidates for a call of a method of n: of the package's own
// those only that are also what the value was before it was asserted to be n.
func (r *resolver) fitting(site ssa.CallInstruction, n *types.Named) candidates {
	c := r.candidates(n)
	if was := flow.AssertedFrom(site.Common().Value); was != nil {
		c.own = slices.DeleteFunc(slices.Clone(c.own), func(t types.Type) bool { return !types.Implements(t, was) })
	}
	return c
}

// candidates are the types that are made into an interface, or into one that has
// its methods too, and else those of the package that implement it; none if
// there are too many to mean anything.
func (r *resolver) candidates(n *types.Named) candidates {
	c, ok := r.made[n]
	if ok {
		return c
	}
	iface, ok := n.Underlying().(*types.Interface)
	if !ok {
		return c
	}
	for sl, names := range r.p.far.puts {
		if sl[:2] != "i:" {
			continue
		}
		if sl == madeSlot(n) {
			c.far = append(c.far, names...)
		} else if m := r.p.far.namedType(string(sl[2:])); m != nil && types.IsInterface(m) && types.Implements(m, iface) {
			c.far = append(c.far, names...)
		}
	}
	sort.Strings(c.far)
	c.far = slices.Compact(c.far)
	c.own = implementations(r.p.unit, iface)
	if len(c.far) > 0 {
		c.own = slices.DeleteFunc(c.own, func(t types.Type) bool { return !r.s.made[types.TypeString(t, nil)] })
	}
	if len(c.far)+len(c.own) > maxImplementations {
		c = candidates{}
	}
	r.made[n] = c
	return c
}

// namedType looks up a type by its name, among the packages in view.
func (f *far) namedType(name string) types.Type {
	pkg, typ := splitName(name)
	if p := f.packages[pkg]; p != nil {
		if obj, ok := p.Scope().Lookup(typ).(*types.TypeName); ok {
			return obj.Type()
		}
	}
	return nil
}

// typeNamed is the concrete type of that name, or one made up that stands for
// it where it is not in view.
func (p *Program) typeNamed(name string) types.Type {
	if t := p.far.concrete[name]; t != nil {
		return t
	}
	of := strings.TrimPrefix(name, "*")
	t := types.Type(nil)
	if !strings.ContainsAny(of, "[{(* ") && strings.Contains(of, ".") {
		t = p.far.namedType(of)
	}
	if t == nil {
		obj := types.NewTypeName(token.NoPos, nil, name, nil)
		t = types.NewNamed(obj, types.NewStruct(nil, nil), nil)
		p.far.made[t] = name
	} else if of != name {
		t = types.NewPointer(t)
	}
	p.far.concrete[name] = t
	return t
}

// typeName is the name of a type; of one made up, that for which it stands.
func (p *Program) typeName(t types.Type) string {
	if t == nil {
		return ""
	}
	if name := p.far.made[t]; name != "" {
		return name
	}
	return types.TypeString(t, nil)
}

// methodOf resolves the call of a method of a type that is made up.
func (p *Program) methodOf(t types.Type, m *types.Func, args []flow.Value) (callees []flow.Callee, ok bool) {
	if p.far == nil || p.far.made[t] == "" {
		return nil, false
	}
	if fn := p.far.types[p.far.made[t]][flow.MethodID(m)]; fn != "" {
		return p.bind(p.standIn(fn), args, nil, "interface"), true
	}
	return nil, true
}

// add lets a call reach the methods of types of other packages.
func (r *resolver) add(site ssa.CallInstruction, names []string) bool {
	m := site.Common().Method
	told := slices.ContainsFunc(names, func(name string) bool { return r.p.far.types[name][flow.MethodID(m)] != "" })
	grew := false
	for _, name := range names {
		fn := r.p.far.types[name][flow.MethodID(m)]
		if fn == "" && told { // it does nothing, which is one of the things that may be
			fn = "(" + name + ")." + m.Name()
			r.p.silentNode(fn)
		}
		if fn != "" && r.link(site, r.p.standIn(fn)) {
			grew = true
		}
	}
	return grew
}

// silentNode makes a node for a function of which no fact tells.
func (p *Program) silentNode(name string) {
	ff := p.farNamed(name)
	if len(ff.nodes) > 0 {
		return
	}
	n := &flow.Node{Fn: ff.fn, ID: len(p.order), Record: &flow.Record{}, Effect: flow.NoEffect}
	ff.nodes[""] = n
	p.order = append(p.order, n)
	p.far.nodes[n] = &farNode{}
}

// addOwn lets a call reach the methods of the package's own types.
func (r *resolver) addOwn(site ssa.CallInstruction, ts []types.Type) bool {
	m := site.Common().Method
	grew := false
	for _, t := range ts {
		if sel := r.p.SSA.MethodSets.MethodSet(t).Lookup(m.Pkg(), m.Name()); sel != nil {
			if f := r.p.SSA.MethodValue(sel); f != nil && r.link(site, f) {
				grew = true
			}
		}
	}
	return grew
}

// link lets a call reach a function, unless it does.
func (r *resolver) link(site ssa.CallInstruction, f *ssa.Function) bool {
	k := siteTarget{site, f}
	if r.done[k] {
		return false
	}
	r.done[k] = true
	r.p.calls.add(site, f)
	r.s.pass(site.Common(), f)
	r.s.returned(site, f)
	return true
}

// returned assigns what a function returns to the values that a call makes.
func (s *slots) returned(site ssa.CallInstruction, f *ssa.Function) {
	v := site.Value()
	if v == nil {
		return
	}
	if _, tuple := v.Type().(*types.Tuple); !tuple {
		if carries(v.Type(), 0) {
			s.result(v, f, 0)
		}
		return
	}
	for _, u := range *v.Referrers() {
		if x, ok := u.(*ssa.Extract); ok && carries(x.Type(), 0) {
			s.result(x, f, x.Index)
		}
	}
}

// splitName cuts the name of a type, or of what else a package declares.
func splitName(name string) (pkg, in string) {
	dot := strings.LastIndexByte(name, '.')
	return name[:dot], name[dot+1:]
}

// lastColon is where the number of a parameter or result begins in a slot.
func lastColon(s string) int { return strings.LastIndexByte(s, ':') }

// packageIn is the import path in the name of a method: "(*path.T).m".
func packageIn(fn string) string {
	pkg, _ := splitName(strings.TrimLeft(fn[:strings.LastIndexByte(fn, ')')], "(*"))
	return pkg
}
