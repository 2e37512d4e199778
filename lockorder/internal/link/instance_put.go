package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// store notes what a store says.
func (r *rules) store(in *ssa.Store) {
	fa, ok := in.Addr.(*ssa.FieldAddr)
	if !ok {
		if ia, ok := in.Addr.(*ssa.IndexAddr); ok && leadsOn(in.Val.Type()) {
			r.put(ia.X, in.Val, in.Parent())
		}
		return
	}
	f := fieldVar(fa)
	switch in.Val.Type().Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature:
		if isNil(in.Val) {
			return
		}
		switch x := fa.X.(type) {
		case *ssa.Alloc:
		case *ssa.FieldAddr: // x.cond.L = …: the part belongs to its owner
			l := r.p.locate(in.Val)
			chain, ok := l.from(r.p.locate(x.X))
			r.link(fieldVar(x), f, chain, l.view, ok && len(chain) > 0)
		default:
			if !justMade(x) {
				r.varies[f] = true
				r.late[f] = append(r.late[f], in)
				r.lateIn[in.Parent()] = append(r.lateIn[in.Parent()], in)
			}
		}
		r.puts = append(r.puts, put{spot: spot{f: f}, owner: fa.X, value: in.Val, fn: in.Parent()})
	case *types.Slice, *types.Map:
		if leadsOn(element(in.Val.Type())) {
			r.container(fa, in.Val, in.Parent())
		}
	case *types.Struct:
		if hasHooks(in.Val.Type()) {
			r.puts = append(r.puts, put{spot: spot{f: f, part: true}, owner: fa.X, value: in.Val, fn: in.Parent()})
		}
	}
}

// initialize takes the stores to objects that all who call their functions have
// just made out of the late ones: t := &Tx{}; t.init(db).
func (r *rules) initialize() {
	initial := make(map[*ssa.Store]bool)
	is := func(st *ssa.Store) bool { return initial[st] }
	for f, late := range r.late {
		for _, st := range late {
			initial[st] = r.initial(st)
		}
		late = slices.DeleteFunc(late, is)
		if len(late) == 0 {
			delete(r.late, f)
			delete(r.varies, f)
		} else {
			r.late[f] = late
		}
	}
	for fn, late := range r.lateIn {
		r.lateIn[fn] = slices.DeleteFunc(late, is)
	}
}

// initial reports whether a store is to an object that each caller has made.
func (r *rules) initial(st *ssa.Store) bool {
	param, ok := st.Addr.(*ssa.FieldAddr).X.(*ssa.Parameter)
	if !ok {
		return false
	}
	in, all := r.p.callersOf(param.Parent())
	calls := 0
	for _, e := range in {
		if r.p.idle(e.Caller.Func, 0) {
			continue
		}
		calls++
		made := e.Site != nil && e.Site.Common().StaticCallee() == param.Parent()
		if made {
			_, made = argument(e.Site, param.Parent(), param).(*ssa.Alloc)
		}
		all = all && made
	}
	return all && calls > 0
}

// idle reports whether f is a wrapper of a promoted method that nobody calls, but
// for such another one.
func (p *Program) idle(f *ssa.Function, depth int) bool {
	return inward(f) && depth < 4 && !slices.ContainsFunc(p.calls.callers(f), func(e *callgraph.Edge) bool {
		return !p.idle(e.Caller.Func, depth+1)
	})
}

// justMade reports whether x is a variable with an object that its function has
// made: one that a closure captures too is read anew each time.
func justMade(x ssa.Value) bool {
	load, ok := x.(*ssa.UnOp)
	if !ok {
		return false
	}
	cell, ok := load.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	st := flow.OnlyStore(cell)
	if st == nil {
		return false
	}
	_, ok = st.Val.(*ssa.Alloc)
	return ok
}

// hasHooks reports whether a struct has a function in a field of its own.
func hasHooks(t types.Type) bool {
	s := t.Underlying().(*types.Struct)
	for i := range s.NumFields() {
		if isFunc(s.Field(i).Type()) {
			return true
		}
	}
	return false
}

// link notes that a field of the value in the field of an owner is a path of
// the owner.
func (r *rules) link(of, f *types.Var, chain []*types.Var, view, ok bool) {
	r.learn(way{spot: spot{f: of}, field: f}, chain, view, ok)
}

// linkName does so for a field known by its name.
func (r *rules) linkName(of *types.Var, name string, l located, chain []*types.Var, ok bool) {
	s, _ := deref(of.Type()).Underlying().(*types.Struct)
	for i := 0; s != nil && i < s.NumFields(); i++ {
		if s.Field(i).Name() == name {
			r.link(of, s.Field(i).Origin(), chain, l.view, ok)
		}
	}
}

func deref(t types.Type) types.Type {
	if p, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// leadsOn reports whether a value of type t refers to an object or a function.
func leadsOn(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature:
		return true
	}
	return false
}

// element is the type of what a container of type t holds: of a map the values,
// or the keys if those are a set. It is t if that is no container.
func element(t types.Type) types.Type {
	switch c := t.Underlying().(type) {
	case *types.Slice:
		return c.Elem()
	case *types.Map:
		if leadsOn(c.Elem()) {
			return c.Elem()
		}
		return c.Key()
	}
	return t
}

// held is what an update puts into a map as its element, if that leads on.
func held(up *ssa.MapUpdate) ssa.Value {
	for _, v := range []ssa.Value{up.Value, up.Key} {
		if leadsOn(v.Type()) {
			return v
		}
	}
	return nil
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value == nil
}

// container notes a slice or a map stored in a field: its elements are put
// into the field.
func (r *rules) container(fa *ssa.FieldAddr, v ssa.Value, fn *ssa.Function) {
	r.contents(fa, v, fn, make(map[*ssa.Alloc]bool))
}

// contents does so. seen are the variables on the way: what is appended to a
// variable may be stored to it.
func (r *rules) contents(fa *ssa.FieldAddr, v ssa.Value, fn *ssa.Function, seen map[*ssa.Alloc]bool) {
	s := spot{f: fieldVar(fa), elem: true}
	switch x := v.(type) {
	case *ssa.Const:
	case *ssa.MakeMap, *ssa.MakeSlice:
		r.elements(s, fa.X, v, fn)
	case *ssa.Slice:
		if alloc, ok := x.X.(*ssa.Alloc); ok { // a literal
			r.elements(s, fa.X, alloc, fn)
		} else {
			r.contents(fa, x.X, fn, seen)
		}
	case *ssa.UnOp:
		if load, ok := x.X.(*ssa.FieldAddr); ok && fieldVar(load) == s.f {
			return // of its like
		}
		if cell, ok := x.X.(*ssa.Alloc); ok {
			if seen[cell] {
				return // of its like too
			}
			if st := flow.OnlyStore(cell); st != nil {
				seen[cell] = true
				r.contents(fa, st.Val, fn, seen)
				return
			}
		}
		r.unknown[s] = true
	case *ssa.Call:
		if made, ok := r.builds(x, 0); ok {
			r.puts = append(r.puts, put{spot: s, owner: fa.X, value: x, made: made, fn: fn})
			return
		}
		if flow.IsBuiltin(x, "append") {
			r.contents(fa, x.Call.Args[0], fn, seen)
			if len(x.Call.Args) > 1 {
				r.contents(fa, x.Call.Args[1], fn, seen)
			}
			return
		}
		r.unknown[s] = true
	default:
		r.unknown[s] = true
	}
}

// elements notes what is stored in the elements of a container just made.
func (r *rules) elements(s spot, owner, made ssa.Value, fn *ssa.Function) {
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			if v := held(ref); ref.Map == made && v != nil {
				r.puts = append(r.puts, put{spot: s, owner: owner, value: v, fn: fn})
			}
		case *ssa.IndexAddr:
			for _, u := range *ref.Referrers() {
				if st, ok := u.(*ssa.Store); ok && st.Addr == ssa.Value(ref) {
					r.puts = append(r.puts, put{spot: s, owner: owner, value: st.Val, fn: fn})
				}
			}
		}
	}
}

// put notes a value stored in an element of a container that a field holds.
func (r *rules) put(container, v ssa.Value, fn *ssa.Function) {
	l := r.p.locate(container)
	if n := len(l.chain); n > 0 && l.chain[n-1] != nil {
		r.puts = append(r.puts, put{spot: spot{f: l.chain[n-1], elem: true}, owner: container, up: 1, value: v, fn: fn})
	}
}
