package link

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// isRoot reports whether somebody outside of the view may call f.
func (p *Program) isRoot(f *ssa.Function) bool {
	if ff := p.farOf(f); ff != nil {
		n := ff.nodes[""]
		return n != nil && p.far.nodes[n].root
	}
	if f.Parent() != nil || f.Synthetic != "" && f.Origin() == nil {
		return false
	}
	return exported(f) && nameable(f) || len(p.calls.callers(f)) == 0
}

// nameable reports whether another package can name the type arguments of an
// instance, or of whose method it is: who cannot, has none to call.
func nameable(f *ssa.Function) bool {
	args := f.TypeArgs()
	if recv := f.Signature.Recv(); recv != nil {
		if n := declared(recv.Type()); n != nil {
			for t := range n.TypeArgs().Types() {
				args = append(args[:len(args):len(args)], t)
			}
		}
	}
	return !slices.ContainsFunc(args, func(t types.Type) bool {
		n := declared(t)
		return n != nil && n.Obj().Pkg() != nil && !n.Obj().Exported()
	})
}

// declared is the named type that t is, or points to; or nil.
func declared(t types.Type) *types.Named {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	n, _ := types.Unalias(t).(*types.Named)
	return n
}

func exported(f *ssa.Function) bool {
	if generic := f.Origin(); generic != nil {
		f = generic
	}
	obj := f.Object()
	if obj == nil || !obj.Exported() {
		return false
	}
	if recv := f.Signature.Recv(); recv != nil {
		if n := declared(recv.Type()); n != nil {
			return n.Obj().Exported()
		}
	}
	return true
}

// node returns the node of f with the values of its relevant slots.
func (p *Program) node(f *ssa.Function, vals []flow.Value) *flow.Node {
	ctx, key := p.contextOf(p.relevantSlots(f), vals, true)
	k := nodeKey{f, key}
	if n, ok := p.nodes[k]; ok {
		return n
	}
	if key != "" && p.contexts[f] >= maxTyped {
		ctx, key = p.contextOf(p.relevantSlots(f), vals, false)
		k.key = key
		if n, ok := p.nodes[k]; ok {
			return n
		}
	}
	if key != "" && p.contexts[f] >= maxContexts {
		p.Bounded["contexts"]++
		return p.node(f, nil)
	}
	p.contexts[f]++
	n := &flow.Node{Fn: f, Ctx: ctx, Key: key, ID: len(p.order)}
	p.nodes[k] = n
	p.order = append(p.order, n)
	return n
}

// maxTyped bounds the contexts of one function that dynamic types make: beyond,
// they do not tell contexts apart, as functions and constants still do.
const maxTyped = 12

// contextOf keeps of vals the slots that matter, and names the context; typed:
// by the dynamic types of interfaces too.
func (p *Program) contextOf(rel map[int]relevance, vals []flow.Value, typed bool) (flow.Context, string) {
	if len(rel) == 0 || len(vals) == 0 {
		return nil, ""
	}
	var ctx flow.Context
	key := ""
	for i, v := range vals {
		why, ok := rel[i]
		if !ok {
			continue
		}
		shape := ""
		if why.decides {
			v = v.Alike(vals)
			shape = v.Shape()
		}
		v.New = v.New && why.locked
		var dyn types.Type
		orNil := v.OrNil
		if typed && why.dispatches && (shape == "" || shape == "set") && v.Dyn != nil {
			dyn = v.Dyn
			shape = "type " + types.TypeString(dyn, nil)
			if orNil {
				shape += "?"
			}
		}
		if v.Set = why.nils && v.Some(); v.Set && shape == "" {
			shape = "set"
		}
		fields, unset := p.unsetHooks(v, why.hooks)
		if shape == "" && !v.New && fields == nil {
			continue
		}
		if ctx == nil {
			ctx = make(flow.Context)
		}
		if shape == "" {
			ctx[i] = flow.Value{New: v.New, Fields: fields}
		} else {
			w := v.Strip()
			w.Dyn, w.Fields = dyn, fields
			w.OrNil = w.OrNil || dyn != nil && orNil
			ctx[i] = w
		}
		key += fmt.Sprintf("%d=%s%s", i, shape, unset)
		if v.New {
			key += " new"
		}
		key += ";"
	}
	return ctx, key
}

// Effect computes what a call of n does, on demand.
func (p *Program) Effect(n *flow.Node) *flow.Effect {
	if d, on := p.depth[n]; on {
		p.used[n] = true
		for i := d; i < len(p.low); i++ {
			p.low[i] = min(p.low[i], d)
		}
		return n.Effect
	}
	if n.Record != nil {
		return n.Effect
	}
	if !p.touches[n.Fn] {
		n.Record, n.Effect = &flow.Record{}, flow.NoEffect // for recursion
		n.Record, n.Effect = flow.Light(p, n, p.fateOf(n.Fn).returns)
		return n.Effect
	}
	d := len(p.low)
	p.depth[n] = d
	n.Effect = flow.NoEffect
	caller := p.current // not deferred: a panic must find its own function
	tried := false
	for round := 0; ; round++ {
		p.low = append(p.low, d)
		p.used[n] = false
		p.current = n.Fn
		rec, eff := flow.Analyze(p, n)
		low := p.low[d]
		p.low = p.low[:d]
		same := eff.Same(n.Effect)
		n.Effect = eff
		if p.used[n] && !tried && (same || round == 3) && p.started(d, eff) {
			// A way on which nothing is done may come of where recursion starts
			// from only: is it still there if it is left out?
			tried, round = true, 1
			n.Effect = eff.WithoutIdle()
			p.settle(d, true)
			continue
		}
		if tried && len(eff.Exits) == 0 && round < 3 { // where it ends is not in view
			n.Effect, round = flow.NoEffect, 2
			p.settle(d, true)
			continue
		}
		if !p.used[n] || same || round == 3 {
			n.Record = rec
			if low < d {
				p.tentative = append(p.tentative, tentative{n, low})
			} else {
				p.settle(d, false)
			}
			break
		}
		p.settle(d, true)
	}
	delete(p.depth, n)
	p.current = caller
	return n.Effect
}

// started reports whether the effect of the node at depth d may be what recursion
// started from: it has idle ways, though it, or one that relies on it, has others.
func (p *Program) started(d int, eff *flow.Effect) bool {
	if !eff.Idle() {
		return false
	}
	return eff.Changes() || slices.ContainsFunc(p.tentative, func(t tentative) bool { return t.low >= d && t.node.Effect.Changes() })
}

// settle ends the doubt about the nodes that relied on the one at depth d:
// their records stand, or are to be made again.
func (p *Program) settle(d int, again bool) {
	keep := p.tentative[:0]
	for _, t := range p.tentative {
		switch {
		case t.low < d:
			keep = append(keep, t)
		case again:
			t.node.Record = nil
		}
	}
	p.tentative = keep
}

// called reports whether somebody in view calls n's function.
func (p *Program) called(n *flow.Node) bool { return len(p.calls.callers(n.Fn)) > 0 }
