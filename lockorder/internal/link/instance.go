package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
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
	part bool // what is in the fields of the struct that f is
}

// spotOf returns the spot that a path names, and the path of its field; that
// is nil if the path names none.
func spotOf(p *lock.Path) (s spot, field *lock.Path) {
	if p != nil && p.Kind == lock.Elem {
		s.elem = true
		p = p.Base
	}
	if p == nil || p.Kind != lock.Field {
		return spot{}, nil
	}
	s.f = p.Obj.(*types.Var)
	return s, p
}

// A way selects something from the value in a spot, or from the closure in a
// field of it.
type way struct {
	spot
	via   *types.Var // that field, or nil
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
	// funcs are the functions put in a spot, and others the spots that get
	// values in ways that do not tell which function it is.
	funcs  map[spot]map[*ssa.Function]bool
	others map[spot]bool
	// kinds are the types of the objects that somebody in view puts in a spot.
	kinds map[spot][]types.Type
	// varies are the fields that are stored in objects not just made, other than
	// with nil. The stores are late, by field and by function.
	varies  map[*types.Var]bool
	late    map[*types.Var][]*ssa.Store
	lateIn  map[*ssa.Function][]*ssa.Store
	adopted map[*ssa.Store]adoption
	puts    []put
	copies  [][2]spot // the first gets values of the second, of the same owner
	done    map[put]bool
	stores  []store // of the unit's functions, whose callers are elsewhere too
	calls   []storing
	about   map[way]bool       // closures' free variables of which a field is known
	tops    map[way]*types.Var // the field of a free variable that leads to the owner
	torn    map[way]bool       // those of which two stores say two fields, or one none
	hung    map[way]*hanging
	visits  map[*ssa.Function]bool // closures that get what is in a keeper: see keeper
	shared  map[spot]bool          // spots that get objects which others may have too
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
		some: make(map[spot][]map[*types.Var]bool), varies: make(map[*types.Var]bool),
		late: make(map[*types.Var][]*ssa.Store), lateIn: make(map[*ssa.Function][]*ssa.Store), adopted: make(map[*ssa.Store]adoption), done: make(map[put]bool),
		funcs: make(map[spot]map[*ssa.Function]bool), others: make(map[spot]bool), kinds: make(map[spot][]types.Type),
		tops: make(map[way]*types.Var), torn: make(map[way]bool), hung: make(map[way]*hanging), visits: make(map[*ssa.Function]bool), shared: make(map[spot]bool)}
}

// close draws the rules from what was noted.
func (r *rules) close() {
	r.initialize()
	for _, x := range r.calls {
		v := r.p.locate(x.value)
		r.judge(x.spot, r.home(x.call, x.result, v), v, x.call.Parent(), 1)
	}
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
		case r.unknown[w.spot], w.fn == "" && r.open[w.spot] && !w.mixed():
			u.bad = true
		case w.field != nil && r.varies[w.field] && !r.within(w) && !r.adopts(w), r.torn[w.whole()] && w.field == r.tops[w.whole()]:
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

// mixed reports whether values of several types may be in a spot. What the
// caller outside of the view puts there is of his own type then.
func (s spot) mixed() bool {
	t := s.f.Type()
	if s.elem {
		t = element(t)
	}
	return types.IsInterface(t)
}

// maxDefer bounds the callers asked for what a parameter is.
const maxDefer = 3

// judge takes in that v was put into a spot of the owner.
func (r *rules) judge(s spot, owner, v located, fn *ssa.Function, depth int) {
	r.kind(s, v)
	known := r.adopt(s, owner, v, fn)
	unknown, open := r.unknown[s], r.open[s]
	r.judgeObject(s, owner, v, fn, depth)
	if known != nil && (r.unknown[s] != unknown || r.open[s] != open) {
		r.unknown[s], r.open[s] = unknown, open
		r.some[s] = append(r.some[s], known)
	}
}

// judgeObject does so by where v comes from.
func (r *rules) judgeObject(s spot, owner, v located, fn *ssa.Function, depth int) {
	if f := v.above(owner); f != nil { // x.bus.add(x)
		r.shared[s] = true
		r.learn(way{spot: s, field: f}, nil, false, true)
		r.some[s] = append(r.some[s], map[*types.Var]bool{f: true})
		return
	}
	if _, isParam := v.root.(*ssa.Parameter); isParam && len(v.chain) == 0 {
		r.judgeParam(s, owner, v, fn, depth)
		return
	}
	if param, made := optionOf(owner, v); made != nil {
		r.judgeMade(s, made, param, v.chain, depth)
		return
	}
	if len(v.chain) > 0 {
		r.shared[s] = true
		if from, ok := likeSpot(owner, v); ok {
			r.copies = append(r.copies, [2]spot{s, from})
			return
		}
		r.others[s] = true
		if chain, ok := v.from(owner); ok && !s.elem {
			r.learn(way{spot: s}, chain, v.view, true)
			return
		}
		r.unknown[s] = true
		return
	}
	switch x := v.root.(type) {
	case *ssa.Const:
	case *ssa.Function:
		r.function(s, x)
	case *ssa.MakeClosure:
		r.function(s, x.Fn.(*ssa.Function))
		r.closure(s, owner, x)
	case *ssa.Alloc, *ssa.Call, *ssa.Extract:
		r.others[s] = true
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
		r.others[s], r.shared[s] = true, true
		if chain, ok := v.from(owner); ok && !s.elem {
			r.learn(way{spot: s}, chain, v.view, true)
			return
		}
		r.unknown[s] = true
	}
}

// function takes in that f was put into a spot.
func (r *rules) function(s spot, f *ssa.Function) {
	if r.funcs[s] == nil {
		r.funcs[s] = make(map[*ssa.Function]bool)
	}
	r.funcs[s][f] = true
}

// holds reports whether f may be what a container in a field holds, at a path.
// The call graph has one node for the elements of all containers of a type.
func (r *rules) holds(f *ssa.Function, at *lock.Path) bool {
	s, field := spotOf(at)
	if r == nil || field == nil || !s.elem {
		return true
	}
	return r.unknown[s] || r.others[s] || r.funcs[s] == nil || r.funcs[s][f]
}

// likeSpot returns the spot of the same owner that v comes from, if it is an
// element of a container.
func likeSpot(owner, v located) (spot, bool) {
	chain, ok := v.from(owner)
	if ok && len(chain) == 2 && chain[0] != nil && chain[1] == nil {
		return spot{f: chain[0], elem: true}, true
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
			r.others[to] = r.others[to] || r.others[from]
			r.kinds[to] = append(r.kinds[to], r.kinds[from]...)
			for f := range r.funcs[from] {
				r.function(to, f)
			}
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

// object takes in the fields of an object that a way leads to.
func (r *rules) object(w way, owner located, fields map[*types.Var]located) {
	for f, l := range fields {
		if mk, ok := l.root.(*ssa.MakeClosure); ok && w.fn == "" {
			r.hooks(way{spot: w.spot, via: f}, owner, mk)
			continue
		}
		w.field = f
		chain, ok := l.from(owner)
		r.learn(w, chain, l.view, ok)
	}
}

// hooks takes in a closure in a field of an object that a way leads to: it may
// close over the owner of that.
func (r *rules) hooks(w way, owner located, mk *ssa.MakeClosure) {
	w.fn = flow.FuncKey(mk.Fn.(*ssa.Function))
	for i, b := range mk.Bindings {
		w.bind = i
		l := r.p.locate(b)
		if r.top(w, l.above(owner)) {
			continue
		}
		chain, ok := l.from(owner)
		r.learn(w, chain, l.view, ok)
	}
}

// top takes in that field f of a closure's free variable leads to the owner,
// or, if f is nil, that none is known to. All stores must say the same.
func (r *rules) top(w way, f *types.Var) bool {
	if known, ok := r.tops[w]; ok && known != f {
		r.torn[w] = true
	} else {
		r.tops[w] = f
	}
	if f == nil {
		return false
	}
	w.field = f
	r.learn(w, nil, false, true)
	if r.torn[w.whole()] {
		r.ways[w].bad = true
	}
	return true
}

// whole is the way to the free variable of which w selects a field.
func (w way) whole() way {
	w.field = nil
	return w
}

func (r *rules) closure(s spot, owner located, mk *ssa.MakeClosure) {
	fn := mk.Fn.(*ssa.Function)
	holder := r.holder(owner, mk)
	for i, b := range mk.Bindings {
		w := way{spot: s, fn: flow.FuncKey(fn), bind: i}
		l := r.p.locate(b)
		r.hang(w, l, holder)
		chain, ok := l.from(owner)
		if r.top(w, l.above(owner)) { // x.bus.subscribe(x.told)
			continue
		}
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

// judgeParam asks the callers what a parameter is.
func (r *rules) judgeParam(s spot, owner, v located, fn *ssa.Function, depth int) {
	param := v.root.(*ssa.Parameter)
	if made, ok := owner.root.(*ssa.Alloc); ok && len(owner.chain) == 0 && made.Heap {
		r.judgeMade(s, made, param, nil, depth)
		return
	}
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
		if !s.part {
			r.keeps(store{fn: f, owner: slices.Index(f.Params, base), spot: s, value: slices.Index(f.Params, param)}, owner)
		}
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
			r.judge(s, r.p.locate(a).plus(owner.chain), r.p.locate(b), e.Site.Parent(), depth+1)
		}
	}
}
