package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// applyEffects continues on every way in which some callee returns.
func (a *analysis) applyEffects(s state, site ssa.CallInstruction, callees []Callee, detached bool) []state {
	if a.plain {
		for i := range callees {
			if eff := a.host.Effect(callees[i].Node); len(eff.Exits) > 0 && !eff.Trivial() {
				a.interesting = true
			}
		}
	}
	before := s
	s.facts = a.forgetCall(s.facts, site, callees)
	s.held = a.forgetGuards(s.held, callees)
	differ := site.Common().IsInvoke() && a.differ(callees)
	var out []state
	add := func(t state) {
		for i := range out {
			if out[i].same(&t) {
				out[i].facts = meet(out[i].facts, t.facts)
				return
			}
		}
		out = append(out, t)
	}
	for i := range callees {
		c := &callees[i]
		eff := a.host.Effect(c.Node)
		if len(eff.Exits) == 0 && detached {
			add(s)
		}
		skip := a.unlikely(s, eff, c, site)
		for j := range eff.Exits {
			x := &eff.Exits[j]
			if skip != nil && skip[j] {
				continue
			}
			facts, ok := a.conds(before, x, c, site, s.facts)
			if !ok {
				continue
			}
			t := s
			t.facts = facts
			if differ {
				t.facts = learn(t.facts, fact{on: a.subjectOf(site.Common().Value), val: receiverTag(c), is: true})
			}
			add(a.applyExit(t, site, x, c))
		}
	}
	if len(out) > maxStates {
		all := out[0]
		for _, t := range out[1:] {
			all = join(all, t)
		}
		a.rec.Joined = true
		return []state{all}
	}
	return out
}

// differ reports whether it makes a difference to what is held which of the
// functions is called, and all are known by their types.
func (a *analysis) differ(callees []Callee) bool {
	for i := range callees {
		if len(callees) < 2 || receiverTag(&callees[i]) == "" {
			return false
		}
	}
	for i := range callees {
		if eff := a.host.Effect(callees[i].Node); len(eff.Exits) > 0 && !eff.Trivial() {
			return true
		}
	}
	return false
}

// unlikely picks out exits that do not fit the held set. A callee that
// releases a lock on some ways only, and does not say in its result on which,
// decides by what decided whether the lock was taken: it releases what is
// held, and only that; for a handle that a caller holds it is taken to be held.
func (a *analysis) unlikely(s state, eff *Effect, c *Callee, site ssa.CallInstruction) map[int]bool {
	if len(eff.Exits) < 2 {
		return nil
	}
	releasing := make(map[*lock.Path]int)
	for j := range eff.Exits {
		for _, h := range eff.Exits[j].Holes {
			releasing[h.Path]++
		}
	}
	skip := make(map[int]bool)
	for hole, n := range releasing {
		if n == len(eff.Exits) {
			continue
		}
		p := c.Env.Subst(a.host.Paths(), hole).Path
		if p == nil {
			continue
		}
		held := a.holds(&s, p)
		open := !held && a.openHandle(&s, p, c.Node.Fn, site)
		for j := range eff.Exits {
			unfit := eff.Exits[j].releases(hole) != held
			if open {
				unfit = eff.Exits[j].idle()
			}
			if unfit && !eff.told(j) {
				skip[j] = true
			}
		}
	}
	if len(skip) == len(eff.Exits) {
		return nil
	}
	return skip
}

// holds reports whether the lock that p names is, or may be, held.
func (a *analysis) holds(s *state, p *lock.Path) bool {
	for i := range s.held {
		if SameLock(s.held[i].Path, p) || a.mayAlias(s.held[i].Path, p) {
			return true
		}
	}
	return false
}

// conds checks an exit's conditions against what is known of the arguments,
// and learns them.
func (a *analysis) conds(s state, x *Exit, c *Callee, site ssa.CallInstruction, facts []fact) ([]fact, bool) {
	vals := callArgs(site.Common())
	if len(vals) != len(c.Env.Args) {
		vals = nil // a call through a model
	}
	for _, k := range x.Conds {
		if k.Slot >= len(c.Env.Args) {
			continue
		}
		v := c.Env.Args[k.Slot]
		if k.Path != nil {
			v = c.Env.Subst(a.host.Paths(), k.Path)
		}
		if text := v.constText(); text != "" {
			if (text == k.Val) != k.Is {
				return nil, false
			}
			continue
		}
		var on subject
		switch {
		case k.Path != nil && v.Path != nil:
			on = subject{path: v.Path}
		case k.Path != nil:
			continue
		case vals != nil:
			on = a.subjectOf(vals[k.Slot])
		case v.Path != nil && v.Path.Kind == lock.Param:
			on = subject{v: a.fn.Params[v.Path.Index]}
		default:
			continue
		}
		if is, ok := known(s.facts, on, k.Val); ok && is != k.Is {
			return nil, false
		}
		if on.path == nil || k.Path != nil {
			facts = learn(facts, fact{on: on, val: k.Val, is: k.Is})
		}
	}
	return facts, true
}

// holeIn is a lock that a callee releases, in terms of its caller. Of a function
// value, what it is bound to may not be known: then it is the held lock of
// that class, or nil.
func (a *analysis) holeIn(s *state, env *Env, h Hole) *lock.Path {
	if p := env.Subst(a.host.Paths(), h.Path).Path; p != nil {
		return p
	}
	class, final := a.host.Names().Class(h.Path)
	for i := range s.held {
		if held, _ := a.host.Names().Class(s.held[i].Path); final && held == class {
			return a.host.Paths().Opaque(class)
		}
	}
	return nil
}

// releasers keeps, of the functions that a function value may be, those that
// release what is held, if there are any: a lock and the function that gives
// it back come together.
func (a *analysis) releasers(s *state, site ssa.CallInstruction, callees []Callee) []Callee {
	if len(callees) < 2 || len(s.held) == 0 || site.Common().IsInvoke() {
		return callees
	}
	var out []Callee
	for i := range callees {
		c := &callees[i]
		fits := false
		for _, x := range a.host.Effect(c.Node).Exits {
			for _, h := range x.Holes {
				p := a.holeIn(s, &c.Env, h)
				fits = fits || p != nil && a.holds(s, p)
			}
		}
		if fits {
			out = append(out, *c)
		}
	}
	if len(out) == 0 {
		return callees
	}
	return out
}

func (a *analysis) applyExit(s state, site ssa.CallInstruction, x *Exit, c *Callee) state {
	paths := a.host.Paths()
	env := c.Env
	if len(x.Held) > 0 || len(x.Holes) > 0 {
		if v, ok := site.(*ssa.Call); ok {
			env.Results = a.resultValues(v)
		}
	}
	for _, h := range x.Holes {
		if p := a.holeIn(&s, &env, h); p != nil {
			n := len(s.holes)
			s = a.release(s, p, h.Mode)
			if len(s.holes) > n {
				s.holes[n].Own = h.Path.Exact()
			}
		}
	}
	for _, h := range x.Held {
		p := env.Subst(paths, h.Path).Path
		if p == nil {
			class, _ := a.host.Names().Class(h.Path)
			p = paths.Opaque(class)
		}
		if p.Kind == lock.View {
			p, h.Mode = p.Base, lock.Shared
		}
		if i := s.findHeld(p); i >= 0 {
			continue
		}
		if i := s.findHole(p); i >= 0 {
			s = s.dropHole(i)
			continue
		}
		a.takes(p, site)
		s = s.hold(Held{Path: p, Mode: h.Mode, Fresh: h.Fresh && a.fresh(p, site),
			Site: &Site{Fn: a.fn, Instr: site, Via: c.Via, Inner: h.Site}})
	}
	if v, ok := site.(*ssa.Call); ok {
		for _, h := range x.Held {
			if r := h.Path.Root(); r.Kind == lock.Result && h.Path != r { // a field of it: it is not nil
				s.facts = learn(s.facts, fact{on: subject{v: v, idx: r.Index}, val: "nil", is: false})
			}
			for i, r := range x.Results {
				if r.Path != nil && h.Path != r.Path && h.Path.HasPrefix(r.Path) {
					s.facts = learn(s.facts, fact{on: subject{v: v, idx: i}, val: "nil", is: false})
				}
			}
		}
		for i, r := range x.Results {
			if text := r.constText(); text != "" {
				s.facts = learn(s.facts, fact{on: subject{v: v, idx: i}, val: text, is: true})
			} else if r.Fn != nil && !r.OrNil {
				if f := env.Lower(paths, Value{Fn: r.Fn}).Fn; f != nil {
					s.facts = a.learnFunc(s.facts, subject{v: v, idx: i}, f)
				}
			} else if r.Set {
				s.facts = learn(s.facts, fact{on: subject{v: v, idx: i}, val: "nil", is: false})
			}
		}
	}
	return s
}

// resultValues are the paths under which the caller knows what a call returns.
func (a *analysis) resultValues(v *ssa.Call) []Value {
	if t, ok := v.Type().(*types.Tuple); ok {
		out := make([]Value, t.Len())
		for _, r := range *v.Referrers() {
			if e, ok := r.(*ssa.Extract); ok {
				out[e.Index] = a.eval(e)
			}
		}
		return out
	}
	return []Value{a.eval(v)}
}

func (s *state) findHole(p *lock.Path) int {
	for i, h := range s.holes {
		if h.Path == p {
			return i
		}
	}
	return -1
}
