package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

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
		r.function(x.spot, fn)
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
	if alloc, ok := v.(*ssa.Alloc); ok {
		return r.allocated(alloc), true
	}
	if call, i := flow.CallOf(v); call != nil {
		return r.constructed(call, i, depth)
	}
	return nil, false
}

func (r *rules) allocated(alloc *ssa.Alloc) map[*types.Var]located {
	fields := make(map[*types.Var]located)
	flow.EachSet(alloc, func(f *types.Var, v ssa.Value) {
		if !leadsOn(f.Type()) {
			return
		}
		_, twice := fields[f]
		fields[f] = located{}
		if !twice && v != nil {
			fields[f] = r.p.locate(v)
		}
	})
	return fields
}

// optionOf returns the parameter that v is a field of, as of a struct of
// options, if the owner is new; made is nil otherwise.
func optionOf(owner, v located) (param *ssa.Parameter, made *ssa.Alloc) {
	param, ok := v.root.(*ssa.Parameter)
	if !ok || len(v.chain) != 1 || v.chain[0] == nil || len(owner.chain) > 0 {
		return nil, nil
	}
	if made, ok = owner.root.(*ssa.Alloc); !ok || !made.Heap {
		return nil, nil
	}
	return param, made
}

// judgeMade asks the callers of a constructor what they pass for a parameter
// that it puts, or a field of which it puts, into a spot of what it makes and
// returns.
func (r *rules) judgeMade(s spot, made *ssa.Alloc, param *ssa.Parameter, field []*types.Var, depth int) {
	f := param.Parent()
	result := r.result(f, made)
	in := r.p.calls.callers(f)
	if r.p.openTo(f) {
		r.open[s] = true
		if field == nil && !s.part {
			r.keeps(store{fn: f, made: true, owner: result, spot: s, value: slices.Index(f.Params, param)}, located{})
		}
	}
	if result < 0 || depth >= maxDefer || len(in) == 0 && !r.p.openTo(f) {
		r.unknown[s] = true
		return
	}
	for _, e := range in {
		call, ok := e.Site.(*ssa.Call)
		var arg ssa.Value
		if ok {
			arg = argument(call, f, param)
		}
		if arg == nil {
			r.unknown[s] = true
			continue
		}
		v := r.p.locate(arg).plus(field)
		if options, ok := v.root.(*ssa.Alloc); ok && field != nil && len(v.chain) == 1 {
			if v, ok = r.allocated(options)[field[0]]; !ok {
				continue // it is not set
			}
		}
		r.judge(s, r.home(call, result, v), v, call.Parent(), depth+1)
	}
}

// result returns which result of f an object is, or -1.
func (r *rules) result(f *ssa.Function, made ssa.Value) int {
	for _, b := range f.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for i, v := range ret.Results {
			if l := r.p.locate(v); l.root == made && len(l.chain) == 0 {
				return i
			}
		}
	}
	return -1
}

// home is what a call returns, as its caller has it: in the field where he
// keeps it, if what he passes comes from the owner of that.
func (r *rules) home(call *ssa.Call, result int, v located) located {
	var object ssa.Value = call
	if call.Call.Signature().Results().Len() > 1 {
		object = nil
		for _, ref := range *call.Referrers() {
			if x, ok := ref.(*ssa.Extract); ok && x.Index == result {
				object = x
			}
		}
	}
	if object == nil {
		return located{}
	}
	roots := r.closesOver(v)
	for _, ref := range *object.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok || st.Val != object {
			continue
		}
		if fa, ok := st.Addr.(*ssa.FieldAddr); ok {
			if l := r.p.locate(fa); slices.Contains(roots, l.root) {
				return l
			}
		}
	}
	return located{root: object}
}

// closesOver returns what a value comes from: of a closure, and of the hooks
// in a struct, what they close over.
func (r *rules) closesOver(v located) []ssa.Value {
	var all []ssa.Value
	switch x := v.root.(type) {
	case *ssa.MakeClosure:
		for _, b := range x.Bindings {
			all = append(all, r.p.locate(b).root)
		}
		return all
	case *ssa.Alloc:
		for _, l := range r.allocated(x) {
			if mk, ok := l.root.(*ssa.MakeClosure); ok {
				all = append(all, r.closesOver(located{root: mk})...)
			}
		}
	}
	return append(all, v.root)
}

// constructed returns the fields of what a constructor makes, in the terms of
// its caller.
func (r *rules) constructed(call *ssa.Call, result, depth int) (map[*types.Var]located, bool) {
	f := call.Call.StaticCallee()
	if f == nil || depth > 2 {
		return nil, false
	}
	if len(f.Blocks) == 0 {
		return r.constructedFar(call, f, result)
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
