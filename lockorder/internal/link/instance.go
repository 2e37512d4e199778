package link

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// Where an instance leads back to its owner, the path through it is the
// owner's: s.replicas[i].store is s, if whoever puts a replica into a store's
// map has made it with that store. The rules are found by looking at every
// store in the program; one that does not fit takes its rule away.
//
// A rule is about a place (a field, or the elements of the container in it)
// of an owner, and about what is selected from the value there: a field, or a
// free variable of a closure. It says which path from the owner that is.

// A spot is a place of an owner.
type spot struct {
	f    *types.Var
	elem bool
}

// A way selects something from the value in a spot.
type way struct {
	spot
	fn    string     // the closure's function, or ""
	bind  int        // its free variable
	field *types.Var // of the value, or of the free variable
}

// A rule says where a way leads, from the owner.
type rule struct {
	chain []*types.Var
	view  bool
	bad   bool
}

// rules collects the rules of a program.
type rules struct {
	p    *Program
	ways map[way]*rule
	// unknown slots get values of which nothing is known; open ones, those of
	// callers outside of the view.
	unknown, open map[spot]bool
	// some says, of a spot, which fields are known of a value that is
	// otherwise unknown.
	some map[spot][]map[*types.Var]bool
	// varies are the fields that are stored in objects not just made.
	varies map[*types.Var]bool
	puts   []put
	copies [][2]spot // the first gets values of the second, of the same owner
	done   map[put]bool
	about  map[way]bool // closures' free variables of which a field is known
}

// A put is a value stored in a spot of an owner, in a function.
type put struct {
	spot
	owner, value ssa.Value
	up           int       // selectors to drop from the owner's place
	made         ssa.Value // the container that value, a call, has built
	fn           *ssa.Function
}

func newRules(p *Program) *rules {
	return &rules{p: p, ways: make(map[way]*rule), unknown: make(map[spot]bool), open: make(map[spot]bool),
		some: make(map[spot][]map[*types.Var]bool), varies: make(map[*types.Var]bool), done: make(map[put]bool)}
}

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
	switch t := in.Val.Type().Underlying().(type) {
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
			r.varies[f] = true
		}
		r.puts = append(r.puts, put{spot: spot{f: f}, owner: fa.X, value: in.Val, fn: in.Parent()})
	case *types.Slice:
		if leadsOn(t.Elem()) {
			r.container(fa, in.Val, in.Parent())
		}
	case *types.Map:
		if leadsOn(t.Elem()) {
			r.container(fa, in.Val, in.Parent())
		}
	}
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

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value == nil
}

// container notes a slice or a map stored in a field: its elements are put
// into the field.
func (r *rules) container(fa *ssa.FieldAddr, v ssa.Value, fn *ssa.Function) {
	s := spot{fieldVar(fa), true}
	switch x := v.(type) {
	case *ssa.Const:
	case *ssa.MakeMap, *ssa.MakeSlice:
		r.elements(s, fa.X, v, fn)
	case *ssa.Slice:
		if alloc, ok := x.X.(*ssa.Alloc); ok { // a literal
			r.elements(s, fa.X, alloc, fn)
		} else {
			r.container(fa, x.X, fn)
		}
	case *ssa.UnOp:
		if load, ok := x.X.(*ssa.FieldAddr); ok && fieldVar(load) == s.f {
			return // of its like
		}
		if cell, ok := x.X.(*ssa.Alloc); ok {
			if st := flow.OnlyStore(cell); st != nil {
				r.container(fa, st.Val, fn)
				return
			}
		}
		r.unknown[s] = true
	case *ssa.Call:
		if made, ok := r.builds(x, 0); ok {
			r.puts = append(r.puts, put{spot: s, owner: fa.X, value: x, made: made, fn: fn})
			return
		}
		if b, ok := x.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			r.container(fa, x.Call.Args[0], fn)
			if len(x.Call.Args) > 1 {
				r.container(fa, x.Call.Args[1], fn)
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
			if ref.Map == made {
				r.puts = append(r.puts, put{spot: s, owner: owner, value: ref.Value, fn: fn})
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
		r.puts = append(r.puts, put{spot: spot{l.chain[n-1], true}, owner: container, up: 1, value: v, fn: fn})
	}
}

// close draws the rules from what was noted.
func (r *rules) close() {
	for len(r.puts) > 0 {
		x := r.puts[len(r.puts)-1]
		r.puts = r.puts[:len(r.puts)-1]
		if r.done[x] || isNil(x.value) {
			continue
		}
		r.done[x] = true
		owner, ok := r.p.locate(x.owner).up(x.up)
		if !ok {
			r.unknown[x.spot] = true
			continue
		}
		if x.made != nil {
			r.judgeBuilt(x, owner)
			continue
		}
		r.judge(x.spot, owner, r.p.locate(x.value), x.fn, 0)
	}
	r.copyOn()
	for w, u := range r.ways {
		switch {
		case r.unknown[w.spot], w.fn == "" && r.open[w.spot]:
			u.bad = true
		case w.field != nil && r.varies[w.field] && !r.within(w):
			u.bad = true
		case w.fn == "" && w.field != nil:
			for _, known := range r.some[w.spot] {
				u.bad = u.bad || !known[w.field]
			}
		}
	}
}

// within reports whether a way selects from a struct that is a part of its
// owner: to store there is to store in the owner.
func (r *rules) within(w way) bool {
	_, part := w.f.Type().Underlying().(*types.Struct)
	return part && !w.elem && w.fn == ""
}

// maxDefer bounds the callers asked for what a parameter is.
const maxDefer = 3

// judge takes in that v was put into a spot of the owner.
func (r *rules) judge(s spot, owner, v located, fn *ssa.Function, depth int) {
	if _, isParam := v.root.(*ssa.Parameter); isParam && len(v.chain) == 0 {
		r.judgeParam(s, owner, v, fn, depth)
		return
	}
	if len(v.chain) > 0 {
		if from, ok := likeSpot(owner, v); ok {
			r.copies = append(r.copies, [2]spot{s, from})
			return
		}
		if chain, ok := v.from(owner); ok && !s.elem {
			r.learn(way{spot: s}, chain, v.view, true)
			return
		}
		r.unknown[s] = true
		return
	}
	switch x := v.root.(type) {
	case *ssa.Const, *ssa.Function:
	case *ssa.MakeClosure:
		r.closure(s, owner, x)
	case *ssa.Alloc, *ssa.Call, *ssa.Extract:
		if r.links(x) {
			return // a model tells
		}
		fields, ok := r.made(x, 0)
		if !ok {
			r.unknown[s] = true
			return
		}
		r.object(way{spot: s}, owner, fields)
	default:
		if chain, ok := v.from(owner); ok && !s.elem {
			r.learn(way{spot: s}, chain, v.view, true)
			return
		}
		r.unknown[s] = true
	}
}

// likeSpot returns the spot of the same owner that v comes from, if it is an
// element of a container.
func likeSpot(owner, v located) (spot, bool) {
	chain, ok := v.from(owner)
	if ok && len(chain) == 2 && chain[0] != nil && chain[1] == nil {
		return spot{chain[0], true}, true
	}
	return spot{}, false
}

// copyOn passes on what is known of a spot to those that get their values
// from it.
func (r *rules) copyOn() {
	for range 3 {
		for _, c := range r.copies {
			to, from := c[0], c[1]
			r.unknown[to] = r.unknown[to] || r.unknown[from]
			r.open[to] = r.open[to] || r.open[from]
			r.some[to] = append(r.some[to], r.some[from]...)
			for w, u := range r.waysOf(from) {
				w.spot = to
				r.learn(w, u.chain, u.view, !u.bad)
			}
		}
	}
}

func (r *rules) waysOf(s spot) map[way]rule {
	out := make(map[way]rule)
	for w, u := range r.ways {
		if w.spot == s {
			out[w] = *u
		}
	}
	return out
}

// builds returns the container that a call's function makes and returns.
func (r *rules) builds(call *ssa.Call, depth int) (ssa.Value, bool) {
	f := call.Call.StaticCallee()
	if f == nil || depth > 2 || f.Signature.Results().Len() != 1 {
		return nil, false
	}
	var made ssa.Value
	for _, b := range f.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		var m ssa.Value
		switch x := ret.Results[0].(type) {
		case *ssa.MakeMap:
			m = x
		case *ssa.Call:
			m, _ = r.builds(x, depth+1)
		}
		if m == nil || made != nil && made != m {
			return nil, false
		}
		made = m
	}
	return made, made != nil
}

// judgeBuilt takes in the elements of a container that a call has built, as
// far as they are closures over its arguments.
func (r *rules) judgeBuilt(x put, owner located) {
	for _, ref := range *x.made.Referrers() {
		up, ok := ref.(*ssa.MapUpdate)
		if !ok || up.Map != x.made {
			continue
		}
		mk, ok := r.p.locate(up.Value).root.(*ssa.MakeClosure)
		if !ok {
			r.unknown[x.spot] = true
			continue
		}
		fn := mk.Fn.(*ssa.Function)
		for i, b := range mk.Bindings {
			l := r.outward(r.p.locate(b), x.value.(*ssa.Call), 0)
			chain, ok := l.from(owner)
			r.learn(way{spot: x.spot, fn: flow.FuncKey(fn), bind: i}, chain, l.view, ok)
		}
	}
}

// outward puts what a parameter leads to in the terms of the call, or of a
// call below it, that passes it.
func (r *rules) outward(l located, call *ssa.Call, depth int) located {
	q, ok := l.root.(*ssa.Parameter)
	f := call.Call.StaticCallee()
	if !ok || f == nil || depth > 2 {
		return located{}
	}
	if q.Parent() == f {
		if a := argument(call, f, q); a != nil {
			return r.p.locate(a).plus(l.chain)
		}
		return located{}
	}
	for _, b := range f.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && len(ret.Results) == 1 {
			if inner, ok := ret.Results[0].(*ssa.Call); ok {
				return r.outward(r.outward(l, inner, depth+1), call, depth+1)
			}
		}
	}
	return located{}
}

// links reports whether v is a call of which a model says what the fields of
// its result are.
func (r *rules) links(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil {
		return false
	}
	m := r.p.Model(call.Call.StaticCallee())
	return m != nil && m.Does(model.Links)
}

// object takes in the fields of an object that a way leads to.
func (r *rules) object(w way, owner located, fields map[*types.Var]located) {
	for f, l := range fields {
		w.field = f
		chain, ok := l.from(owner)
		r.learn(w, chain, l.view, ok)
	}
}

func (r *rules) closure(s spot, owner located, mk *ssa.MakeClosure) {
	fn := mk.Fn.(*ssa.Function)
	for i, b := range mk.Bindings {
		w := way{spot: s, fn: flow.FuncKey(fn), bind: i}
		l := r.p.locate(b)
		chain, ok := l.from(owner)
		if fields, made := r.made(l.root, 0); !ok && made && len(l.chain) == 0 {
			r.object(w, owner, fields)
			continue
		}
		r.learn(w, chain, l.view, ok)
	}
}

func (r *rules) learn(w way, chain []*types.Var, view, ok bool) {
	u := r.ways[w]
	if u == nil {
		r.ways[w] = &rule{chain: chain, view: view, bad: !ok}
		return
	}
	u.bad = u.bad || !ok || u.view != view || !sameFields(u.chain, chain)
}

func sameFields(a, b []*types.Var) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// judgeParam asks the callers what a parameter is, unless it leads back to
// the owner as it stands.
func (r *rules) judgeParam(s spot, owner, v located, fn *ssa.Function, depth int) {
	if n := len(owner.chain); n > 0 && owner.root == v.root && n == 1 && owner.chain[0] != nil {
		r.learn(way{spot: s, field: owner.chain[0]}, nil, false, true)
		r.some[s] = append(r.some[s], map[*types.Var]bool{owner.chain[0]: true})
		return
	}
	param := v.root.(*ssa.Parameter)
	base, ok := owner.root.(*ssa.Parameter)
	if !ok || base.Parent() != param.Parent() || base == param {
		if ok && base == param && len(owner.chain) == 0 && !s.elem {
			r.learn(way{spot: s}, nil, v.view, true)
			return
		}
		r.unknown[s] = true
		return
	}
	f := param.Parent()
	in := r.p.calls.callers(f)
	if r.p.openTo(f) {
		r.open[s] = true
	}
	if len(in) == 0 && !r.p.openTo(f) || depth >= maxDefer {
		r.unknown[s] = true
	}
	for _, e := range in {
		if e.Site == nil {
			r.unknown[s] = true
			continue
		}
		a, b := argument(e.Site, f, base), argument(e.Site, f, param)
		if a == nil || b == nil {
			r.unknown[s] = true
			continue
		}
		if depth < maxDefer {
			o, w := r.p.locate(a).plus(owner.chain), r.p.locate(b)
			if n := len(o.chain); n == 1 && len(owner.chain) == 0 && o.root == w.root && len(w.chain) == 0 && o.chain[0] != nil {
				r.learn(way{spot: s, field: o.chain[0]}, nil, false, true) // b.f.add(b)
				r.some[s] = append(r.some[s], map[*types.Var]bool{o.chain[0]: true})
				continue
			}
			r.judge(s, o, w, e.Site.Parent(), depth+1)
		}
	}
}

// argument returns what a call passes for a parameter.
func argument(site ssa.CallInstruction, f *ssa.Function, param *ssa.Parameter) ssa.Value {
	args := site.Common().Args
	if site.Common().IsInvoke() {
		args = append([]ssa.Value{site.Common().Value}, args...)
	}
	for i, q := range f.Params {
		if q == param && i < len(args) && len(args) == len(f.Params) {
			return args[i]
		}
	}
	return nil
}

// made returns the fields of an object just made, here or by a constructor.
func (r *rules) made(v ssa.Value, depth int) (map[*types.Var]located, bool) {
	switch v := v.(type) {
	case *ssa.Alloc:
		return r.allocated(v), true
	case *ssa.Call:
		return r.constructed(v, 0, depth)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return r.constructed(call, v.Index, depth)
		}
	}
	return nil, false
}

func (r *rules) allocated(alloc *ssa.Alloc) map[*types.Var]located {
	fields := make(map[*types.Var]located)
	for _, ref := range *alloc.Referrers() {
		fa, ok := ref.(*ssa.FieldAddr)
		if !ok || fa.X != ssa.Value(alloc) {
			continue
		}
		for _, u := range *fa.Referrers() {
			if st, ok := u.(*ssa.Store); ok && st.Addr == ssa.Value(fa) && leadsOn(st.Val.Type()) && !isNil(st.Val) {
				f := fieldVar(fa)
				if _, twice := fields[f]; twice {
					fields[f] = located{}
				} else {
					fields[f] = r.p.locate(st.Val)
				}
			}
		}
	}
	return fields
}

// constructed returns the fields of what a constructor makes, in the terms of
// its caller.
func (r *rules) constructed(call *ssa.Call, result, depth int) (map[*types.Var]located, bool) {
	f := call.Call.StaticCallee()
	if f == nil || depth > 2 {
		return nil, false
	}
	var object ssa.Value
	for _, b := range f.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || result >= len(ret.Results) {
			continue
		}
		l := r.p.locate(ret.Results[result])
		if isNil(l.root) {
			continue
		}
		if len(l.chain) > 0 || object != nil && object != l.root {
			return nil, false
		}
		object = l.root
	}
	fields, ok := r.made(object, depth+1)
	if !ok {
		return nil, false
	}
	out := make(map[*types.Var]located, len(fields))
	for h, l := range fields {
		out[h] = located{}
		if q, ok := l.root.(*ssa.Parameter); ok && !l.view {
			if a := argument(call, f, q); a != nil {
				out[h] = r.p.locate(a).plus(l.chain)
			}
		}
	}
	return out, true
}

// Constant reports whether a field is stored in objects just made only.
func (p *Program) Constant(f *types.Var) bool { return p.scan.rules != nil && !p.scan.rules.varies[f] }

// leads returns the path to which a selector always leads, or nil.
func (p *Program) leads(q *lock.Path) *lock.Path {
	if p.scan == nil {
		return nil
	}
	if q.Kind == lock.Field {
		f := q.Obj.(*types.Var)
		if to := p.follow(way{spot: spot{f: f}}, q.Base); to != nil {
			return to // the value itself leads back
		}
		w := way{field: f}
		base := q.Base
		if base.Kind == lock.Bind {
			w.fn, w.bind = base.Name, base.Index
			base = base.Base
		}
		return p.followFrom(w, base)
	}
	if q.Name == "" {
		return nil // a parameter's, which the context tells
	}
	return p.followFrom(way{fn: q.Name, bind: q.Index}, q.Base)
}

// followFrom follows a way that starts at the value in a spot.
func (p *Program) followFrom(w way, base *lock.Path) *lock.Path {
	if base.Kind == lock.Elem {
		w.elem = true
		base = base.Base
	}
	if base.Kind != lock.Field {
		return nil
	}
	w.f = base.Obj.(*types.Var)
	return p.follow(w, base.Base)
}

func (p *Program) follow(w way, owner *lock.Path) *lock.Path {
	u := p.scan.rules.ways[w]
	if u == nil || u.bad {
		return nil
	}
	for _, f := range u.chain {
		if f == nil {
			return nil
		}
		if owner = p.paths.Field(owner, f); owner == nil {
			return nil
		}
	}
	if u.view {
		return p.paths.View(owner)
	}
	return owner
}

// captured gives the free variables of a function that was found in a spot
// their paths, where a rule speaks of them.
func (p *Program) captured(f *ssa.Function, at *lock.Path) []flow.Value {
	if len(f.FreeVars) == 0 || at == nil {
		return nil
	}
	key := flow.FuncKey(f)
	var binds []flow.Value
	for i := range f.FreeVars {
		q := p.paths.Bind(at, i, key)
		if q == nil || q.Kind == lock.Bind && q.Base == at && !p.scan.rules.speaks(q) {
			continue
		}
		if binds == nil {
			binds = make([]flow.Value, len(f.FreeVars))
		}
		binds[i] = flow.Value{Path: q}
	}
	return binds
}

// speaks reports whether some rule is about a field of a free variable.
func (r *rules) speaks(q *lock.Path) bool {
	base := q.Base
	s := spot{elem: base.Kind == lock.Elem}
	if s.elem {
		base = base.Base
	}
	if base.Kind != lock.Field {
		return false
	}
	s.f = base.Obj.(*types.Var)
	if r.about == nil {
		r.about = make(map[way]bool)
		for w, u := range r.ways {
			if w.fn != "" && w.field != nil && !u.bad {
				w.field = nil
				r.about[w] = true
			}
		}
	}
	return r.about[way{spot: s, fn: q.Name, bind: q.Index}]
}
