package link

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// Where the objects that a value may be come from: the allocations, and the
// calls of functions that return what they have just made, whose objects are
// told apart by the call (heap cloning along the chain of constructors). It is
// asked backwards, for one value at a time, field by field without regard to
// the instance (Heintze, Tardieu: Demand-Driven Pointer Analysis, PLDI 2001).

// origins are a set of objects: by allocation or constructing call
// (ssa.Value), by the field of which they are a part (*types.Var), or by the
// package variable (types.Object). lost: there may be others.
type origins struct {
	of    map[any]bool
	lost  bool
	kinds kinds // that they may have, if a role was asked for
}

// A tracer collects the origins of values.
type tracer struct {
	p     *Program
	seen  map[any]bool
	steps int
	role  *types.Var // if not nil, what of objects is looked at
	only  kinds      // those that the tests on the way have left
	open  bool       // objects looked for may be made outside of the view
	origins
}

// maxTrace bounds the values looked at for one question.
const maxTrace = 4000

// trace returns the origins of objects with a field.
func (p *Program) trace(field *types.Var, follow func(t *tracer)) origins {
	return p.traceRole(field, nil, follow)
}

func (p *Program) traceRole(field, role *types.Var, follow func(t *tracer)) origins {
	t := &tracer{p: p, seen: make(map[any]bool), role: role, only: allKinds, open: p.madeElsewhere(field), origins: origins{of: make(map[any]bool)}}
	follow(t)
	return t.origins
}

// visit reports whether a place is new to the tracer.
func (t *tracer) visit(place any) bool {
	if t.role != nil {
		place = narrowed{place, t.only}
	} else if t.lost {
		return false
	}
	if t.seen[place] {
		return false
	}
	t.seen[place] = true
	if t.steps++; t.steps > maxTrace {
		t.lost, t.kinds = true, allKinds
		return false
	}
	return true
}

// A narrowed place is one come to when the tests have left some kinds only.
type narrowed struct {
	place any
	only  kinds
}

// lose notes that there may be other objects, of all kinds that are left.
func (t *tracer) lose() { t.lost, t.kinds = true, t.kinds|t.only }

func (t *tracer) loseIf(lost bool) {
	if lost {
		t.lose()
	}
}

// add adds an origin, unless it is of none of the kinds that are left.
func (t *tracer) add(o any) {
	if t.role != nil {
		k := t.only & t.p.kindsOf(o, t.role, 0)
		if k == 0 {
			return
		}
		t.kinds |= k
	}
	t.of[o] = true
}

// from follows a value as it is at an instruction, behind the tests there.
func (t *tracer) from(v ssa.Value, at ssa.Instruction, elem bool) {
	before := t.only
	if t.role != nil && !elem {
		t.only &= t.p.kindsAt(v, at, t.role)
	}
	if t.only != 0 {
		t.follow(v, elem)
	}
	t.only = before
}

// value follows a pointer, or an interface, to the objects that it may be.
func (t *tracer) value(v ssa.Value) { t.follow(v, false) }

// A place is a value, or the elements of the container that it is.
type place struct {
	v    ssa.Value
	elem bool
}

// follow follows a value back, or the elements of a container.
func (t *tracer) follow(v ssa.Value, elem bool) {
	if !t.visit(place{v, elem}) {
		return
	}
	switch v := v.(type) {
	case *ssa.Const:
	case *ssa.Alloc:
		if elem {
			t.literal(v)
			return
		}
		t.add(v)
	case *ssa.Global:
		t.add(v.Object())
	case *ssa.FieldAddr:
		t.add(fieldVar(v))
	case *ssa.MakeMap, *ssa.MakeSlice:
		t.loose(v.Type())
	case *ssa.MakeInterface:
		t.follow(v.X, elem)
	case *ssa.ChangeInterface:
		t.follow(v.X, elem)
	case *ssa.ChangeType:
		t.follow(v.X, elem)
	case *ssa.TypeAssert:
		t.follow(v.X, elem)
	case *ssa.Slice:
		t.follow(v.X, elem)
	case *ssa.Phi:
		for _, e := range v.Edges {
			t.follow(e, elem)
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			t.load(v.X, elem)
			return
		}
		t.lose()
	case *ssa.Field:
		t.field(v.X.Type().Underlying().(*types.Struct).Field(v.Field).Origin(), t.p.argsOf(v.X.Type()), elem)
	case *ssa.Index:
		t.within(v.X, elem)
	case *ssa.Lookup:
		t.within(v.X, elem)
	case *ssa.Extract:
		t.extract(v, elem)
	case *ssa.Call:
		t.result(v, v, 0, elem)
	case *ssa.Parameter:
		t.param(v, elem)
	case *ssa.FreeVar:
		t.bound(v, elem)
	default:
		t.lose()
	}
}

// within follows the elements of a container. Containers in containers are not
// told apart, nor followed.
func (t *tracer) within(container ssa.Value, elem bool) {
	if elem {
		t.lose()
		return
	}
	t.follow(container, true)
}

func (t *tracer) extract(v *ssa.Extract, elem bool) {
	switch x := v.Tuple.(type) {
	case *ssa.Call:
		t.result(v, x, v.Index, elem)
	case *ssa.TypeAssert:
		t.follow(x.X, elem)
	case *ssa.Lookup:
		t.within(x.X, elem)
	case *ssa.Next:
		if r, ok := x.Iter.(*ssa.Range); ok && v.Index > 0 {
			t.within(r.X, elem)
			return
		}
		t.lose()
	default:
		t.lose()
	}
}

// load follows what is at an address.
func (t *tracer) load(addr ssa.Value, elem bool) {
	switch a := addr.(type) {
	case *ssa.FieldAddr:
		t.field(fieldVar(a), t.p.argsOf(a.X.Type()), elem)
	case *ssa.IndexAddr:
		t.within(a.X, elem)
	case *ssa.Global:
		t.global(a, elem)
	case *ssa.Alloc:
		t.variable(a, elem)
	case *ssa.FreeVar:
		if alloc := flow.Variable(a); alloc != nil {
			t.variable(alloc, elem)
			return
		}
		t.lose()
	default:
		t.lose()
	}
}

// A fieldPlace is what is in a field, or in the containers in it.
type fieldPlace struct {
	fieldOf
	elem bool
}

// A fieldOf is a field of the instance of a generic struct with the type arguments;
// of "", which is not generic, or of any instance.
type fieldOf struct {
	f    *types.Var
	args string
}

// argsOf returns the type arguments of a struct, or of what a pointer to one
// points to.
func (p *Program) argsOf(t types.Type) string {
	named, _ := types.Unalias(deref(t)).(*types.Named)
	return p.names.TypeArgs(named)
}

// of reports whether an address is that of the field.
func (s fieldOf) of(p *Program, a *ssa.FieldAddr) bool {
	args := p.argsOf(a.X.Type())
	return fieldVar(a) == s.f && (args == s.args || args == "" || s.args == "")
}

// field follows all that the program stores to a field, or into the containers
// in it.
func (t *tracer) field(f *types.Var, args string, elem bool) {
	at := fieldOf{f, args}
	if !t.visit(fieldPlace{at, elem}) {
		return
	}
	t.loseIf(t.p.scan.index.taken[f] || t.p.foreign(f, t.open))
	if c := t.p.closed(at); elem && c != nil {
		for _, e := range c.put {
			t.from(e.v, e.at, false)
		}
		for _, v := range c.more {
			t.follow(v, true)
		}
		return
	}
	for _, st := range t.p.scan.putsIn(f) {
		if at.of(t.p, st.Addr.(*ssa.FieldAddr)) {
			t.from(st.Val, st, elem)
		}
	}
	if elem {
		in := t.p.contained()
		for _, v := range in.of[f] {
			t.value(v)
		}
		for _, g := range in.alias[f] {
			t.field(g, "", true)
		}
		t.loose(f.Type())
	}
}

// loose follows what is put into containers of which it is not known in which
// field they are.
func (t *tracer) loose(container types.Type) {
	elem := elementOf(container)
	k := types.TypeString(elem, nil)
	if !t.visit(k) {
		return
	}
	if m, ok := elem.Underlying().(*types.Map); ok {
		elem = m.Elem()
	}
	t.loseIf(t.p.foreignType(elem))
	for _, v := range t.p.contained().loose[k] {
		t.value(v)
	}
}

// literal follows the elements of an array that is made in place, as that of a
// slice's literal and of variadic arguments is.
func (t *tracer) literal(array *ssa.Alloc) {
	for _, r := range *array.Referrers() {
		switch r := r.(type) {
		case *ssa.IndexAddr:
			for _, u := range *r.Referrers() {
				if st, ok := u.(*ssa.Store); ok && st.Addr == ssa.Value(r) {
					t.value(st.Val)
				}
			}
		case *ssa.Store:
			t.lose() // an array as a whole
		}
	}
}

// global follows all that is stored to a package variable.
func (t *tracer) global(g *ssa.Global, elem bool) {
	if !t.visit(place{g, elem}) {
		return
	}
	t.loseIf(elem || t.p.scan.index.taken[g] || t.p.foreignVar(g))
	for _, st := range t.p.scan.index.globals[g] {
		t.from(st.Val, st, elem)
	}
}

// A cell is a variable, in contrast to the object that it is.
type cell struct {
	v    *ssa.Alloc
	elem bool
}

// variable follows all that is stored to a variable that has an address, by
// its function and the closures in it.
func (t *tracer) variable(v *ssa.Alloc, elem bool) {
	if _, part := deref(v.Type()).Underlying().(*types.Struct); part {
		t.follow(v, elem)
		return
	}
	if t.visit(cell{v, elem}) {
		t.assigned(v, elem, 0)
	}
}

func (t *tracer) assigned(v ssa.Value, elem bool, depth int) {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr != v || depth > 4 {
				t.lose()
				return
			}
			t.from(r.Val, r, elem)
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.MakeClosure:
			fn := r.Fn.(*ssa.Function)
			for i, b := range r.Bindings {
				if b == v && fn.FreeVars[i].Referrers() != nil {
					t.assigned(fn.FreeVars[i], elem, depth+1)
				}
			}
		default:
			t.lose()
		}
	}
}

// param follows what the callers pass.
func (t *tracer) param(v *ssa.Parameter, elem bool) {
	f := v.Parent()
	in, all := t.p.callersOf(f)
	t.loseIf(!all)
	for _, e := range in {
		var a ssa.Value
		if e.Site != nil {
			a = argument(e.Site, f, v)
		}
		if a == nil {
			t.lose()
			return
		}
		t.from(a, e.Site, elem)
	}
}

// bound follows what closures bind to a free variable that is no variable's
// address.
func (t *tracer) bound(v *ssa.FreeVar, elem bool) {
	made := t.p.scan.closures[v.Parent()]
	t.loseIf(len(made) == 0)
	for _, mk := range made {
		for i, f := range v.Parent().FreeVars {
			if f == v {
				t.from(mk.Bindings[i], mk, elem)
			}
		}
	}
}

// result follows a result of a call, which is v.
func (t *tracer) result(v ssa.Value, call *ssa.Call, i int, elem bool) {
	if elem && flow.IsBuiltin(call, "append") {
		for _, a := range call.Call.Args {
			t.follow(a, true)
		}
		return
	}
	targets, all := t.p.calleesOf(call)
	t.loseIf(!all)
	for _, f := range targets {
		if f.Blocks == nil || t.p.Model(f) != nil {
			t.lose()
			return
		}
		if !elem && len(t.p.makes(f, i)) > 0 {
			t.add(v)
			continue
		}
		for _, b := range f.Blocks {
			if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
				t.from(ret.Results[i], ret, elem)
			}
		}
	}
}
