package flow

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// valueAt is what a value is in a state: where it is no constant of itself, the
// function, the constant or the nil that the facts make of it.
func (a *analysis) valueAt(s *state, r ssa.Value) Value {
	v := a.eval(r)
	if v.constText() != "" || v.Fn != nil && !v.OrNil {
		return v
	}
	on := a.subjectOf(r)
	for _, f := range s.facts {
		if f.on != on {
			continue
		}
		fn := a.funcs[f.val]
		switch {
		case !f.is && f.val == "nil" && v.Fn == nil:
			v.Set = true
		case v.Fn != nil && !f.is:
			v.OrNil = v.OrNil && f.val != "nil"
		case v.Fn != nil && f.val == "nil":
			v = Value{Nil: true, Path: v.Path}
		case v.Fn != nil:
			v.OrNil = false
		case !f.is:
		case fn != nil:
			v.Fn = fn
		case f.val == "nil":
			v.Nil = true
		default:
			v.Const = constFromText(f.val)
		}
	}
	return v
}

// exit records a way of returning.
func (a *analysis) exit(s state, ret *ssa.Return) {
	if len(s.held)+len(s.holes) > 0 {
		a.interesting = true
	}
	x := Exit{}
	results := make([]Value, len(ret.Results))
	for i, r := range ret.Results {
		r = returned(r)
		results[i] = a.valueAt(&s, r)
		results[i].Set = results[i].Set || a.isSome(r, 0)
	}
	// Locks of what is returned are named by the result.
	home := func(p *lock.Path) *lock.Path {
		for i, r := range results {
			if r.Path != nil && r.Path.Root().Kind == lock.Local && p.HasPrefix(r.Path) {
				if q := a.replacePrefix(p, r.Path, a.host.Paths().Result(i)); q != nil {
					return q
				}
			}
		}
		return a.outward(p)
	}
	for _, h := range s.held {
		p := home(h.Path)
		if p == nil {
			continue
		}
		h.Path = p
		x.Held = append(x.Held, h)
	}
	for _, h := range s.holes {
		if p := home(h.Path); p != nil {
			x.Holes = append(x.Holes, Hole{Path: p, Mode: h.Mode, Own: h.Own})
		}
	}
	for i := range results {
		if p := results[i].Path; p != nil {
			if p.Root().Kind == lock.Local {
				results[i].Path = nil
			} else {
				results[i].Path = a.host.Paths().Rebase(p, func(r *lock.Path) *lock.Path { return r })
			}
		}
		results[i].Fn = a.outwardFunc(results[i].Fn, 0)
		results[i].Fields = a.outwardFields(results[i].Fields, 0)
	}
	x.Results = results
	x.Conds = a.slotFacts(s)
	x.Failed = a.failed(s, ret)
	x.Return = ret
	for i := range results {
		if results[i].truth() {
			x.trues = append(x.trues, i)
		}
	}
	a.addExit(x)
}

func constFromText(s string) constant.Value {
	switch s {
	case "true":
		return constant.MakeBool(true)
	case "false":
		return constant.MakeBool(false)
	}
	return nil
}

// outward rewrites a path so that the caller understands it; a lock of an
// object that only this function knows becomes an unknown instance of its
// class, and a lock that is a variable of this function is nobody's.
func (a *analysis) outward(p *lock.Path) *lock.Path {
	if p.Root().Kind == lock.Local {
		if alloc, ok := p.Root().Key.(*ssa.Alloc); ok && alloc.Parent() != a.fn {
			return p
		}
		return a.someInstance(p)
	}
	return a.host.Paths().Rebase(p, func(r *lock.Path) *lock.Path { return r })
}

func (a *analysis) outwardFunc(f *FuncVal, depth int) *FuncVal {
	if f == nil || depth > maxShape {
		return nil
	}
	g := &FuncVal{Fn: f.Fn, Binds: make([]Value, len(f.Binds))}
	for i, b := range f.Binds {
		if b.Path != nil && b.Path.Root().Kind == lock.Local {
			b.Path = nil
		}
		b.Fn = a.outwardFunc(b.Fn, depth+1)
		g.Binds[i] = b
	}
	return g
}

// outwardFields drops what is in the fields of a result under a name that only
// this call knows, such as that of a variable: the caller names it by the result.
func (a *analysis) outwardFields(fields map[*types.Var]Value, depth int) map[*types.Var]Value {
	if depth > maxShape {
		return nil
	}
	var out map[*types.Var]Value
	for f, v := range fields {
		if v.Path != nil && v.Path.Root().Kind == lock.Local {
			v.Path = nil
		}
		v.Fn = a.outwardFunc(v.Fn, depth+1)
		v.Fields = a.outwardFields(v.Fields, depth+1)
		if v.Path == nil && v.Fn == nil && v.Const == nil && v.Dyn == nil && v.Fields == nil {
			continue
		}
		if out == nil {
			out = make(map[*types.Var]Value)
		}
		out[f] = v
	}
	return out
}

// slotFacts translates what is known at an exit of the parameters, and of what
// never changes in their objects.
func (a *analysis) slotFacts(s state) []SlotFact {
	var out []SlotFact
	for _, f := range s.facts {
		if p := f.on.path; p != nil && p.Kind == lock.Field && p.Root().Kind == lock.Param && a.keeps(p, a.anybody) {
			out = append(out, SlotFact{Slot: p.Root().Index, Path: p, Val: f.val, Is: f.is})
		}
		for i, p := range a.fn.Params {
			if f.on.v == p {
				out = append(out, SlotFact{Slot: i, Val: f.val, Is: f.is})
			}
		}
	}
	return out
}

// addExit merges the exit with one of the same effect.
func (a *analysis) addExit(x Exit) {
	s := state{held: x.Held, holes: x.Holes}
	k := s.key()
	i, ok := a.exits[k]
	if !ok {
		a.exits[k] = len(a.effect.Exits)
		a.effect.Exits = append(a.effect.Exits, x)
		return
	}
	y := &a.effect.Exits[i]
	for j := range y.Results {
		y.Results[j] = y.Results[j].and(x.Results[j])
	}
	var conds []SlotFact
	for _, c := range y.Conds {
		for _, d := range x.Conds {
			if c == d {
				conds = append(conds, c)
			}
		}
	}
	y.Conds = conds
	y.trues = append(y.trues, x.trues...)
	if x.Failed && !y.Failed {
		y.Failed, y.Return = true, x.Return
	}
}

// failed reports whether a return gives an error that is surely one.
func (a *analysis) failed(s state, ret *ssa.Return) bool {
	for _, r := range ret.Results {
		if !isError(r.Type()) {
			continue
		}
		if a.isFailure(r, 0) {
			return true
		}
		if is, ok := known(s.facts, a.subjectOf(r), "nil"); ok && !is {
			return true
		}
	}
	return false
}

// isSome reports whether v is surely not nil.
func (a *analysis) isSome(v ssa.Value, depth int) bool {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.MakeInterface, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice:
		return true
	case *ssa.Phi:
		return depth < 4 && !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !a.isSome(e, depth+1) })
	}
	return isError(v.Type()) && a.isFailure(v, depth)
}

// isFailure reports whether v is surely an error: an error variable, or a new
// one.
func (a *analysis) isFailure(v ssa.Value, depth int) bool {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return true
	case *ssa.UnOp:
		_, ok := v.X.(*ssa.Global)
		return ok
	case *ssa.Call:
		m := a.modelOf(v.Common())
		return m != nil && m.Does(model.Fails)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if depth > 4 || !a.isFailure(e, depth+1) {
				return false
			}
		}
		return true
	}
	return false
}
