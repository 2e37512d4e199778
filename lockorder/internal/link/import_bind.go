package link

import (
	"math"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// farOf returns what the facts say of a function without a body, or nil.
func (p *Program) farOf(f *ssa.Function) *farFunc {
	if p.far == nil || f.Blocks != nil {
		return nil
	}
	if ff := p.far.of[f]; ff != nil {
		return ff
	}
	if ff := p.far.fns[flow.FuncKey(f)]; ff != nil {
		return ff
	}
	if o := f.Origin(); o != nil {
		if ff := p.far.fns[flow.FuncKey(o)]; ff != nil {
			return ff
		}
		return p.far.generic[withoutArgs(flow.FuncKey(o))]
	}
	return nil
}

// withoutArgs is a function's name without type arguments and parameters.
func withoutArgs(name string) string {
	name, _, _ = strings.Cut(name, "#")
	var b strings.Builder
	depth := 0
	for _, r := range name {
		switch {
		case r == '[':
			depth++
		case r == ']':
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// bindFar resolves a call of a function that facts tell of.
func (p *Program) bindFar(ff *farFunc, args, binds []flow.Value, via string) []flow.Callee {
	n := p.farNode(ff, args, binds)
	if n == nil {
		return nil
	}
	return []flow.Callee{{Node: n, Env: flow.Env{Args: args, Binds: binds}, Via: via}}
}

// farNode picks the node of the context, or makes it: of the general one, with
// the calls resolved that it leaves open.
func (p *Program) farNode(ff *farFunc, args, binds []flow.Value) *flow.Node {
	general := ff.nodes[""]
	if len(ff.slots) == 0 {
		return general
	}
	vals := args
	if len(binds) > 0 && len(args) == 0 {
		vals = binds
	}
	ctx, key := p.contextOf(ff.slots, vals, false)
	if n := ff.nodes[key]; n != nil || general == nil {
		return n
	}
	if len(ff.nodes) >= maxContexts {
		p.Bounded["contexts"]++
		return general
	}
	n := &flow.Node{Fn: ff.fn, Ctx: ctx, Key: key, ID: len(p.order), Record: &flow.Record{}, Effect: general.Effect}
	ff.nodes[key] = n
	p.order = append(p.order, n)
	p.far.nodes[n] = p.far.nodes[general]
	p.resolve(n, general)
	p.callBack(n, general)
	return n
}

// callBack adds to n's effect what the functions do that its context binds:
// they take and release locks of n's caller, and how often they are called,
// and in which order, no fact tells. So there are more ways of returning: after
// each of theirs.
func (p *Program) callBack(n, general *flow.Node) {
	eff := &flow.Effect{Exits: slices.Clone(general.Effect.Exits)}
	for i := range n.Record.Calls {
		c := &n.Record.Calls[i]
		for j := range c.Callees {
			k := &c.Callees[j]
			exits := p.Effect(k.Node).Exits
			if i < len(general.Record.Calls) { // general calls it too: what is new comes after
				known := p.general(k.Node.Fn)
				if known == nil || known == k.Node {
					continue
				}
				exits = exits[min(len(exits), len(known.Effect.Exits)):]
			}
			for x := range exits {
				if e := &exits[x]; len(e.Held)+len(e.Holes) > 0 {
					p.returnAfter(eff, general.Effect, c, k, e)
				}
			}
		}
	}
	if len(eff.Exits) > len(general.Effect.Exits) {
		n.Effect = eff
	}
}

// maxCallBack bounds the ways of returning that callbacks make.
const maxCallBack = 16

// returnAfter adds the ways of returning after a callee has returned by x.
func (p *Program) returnAfter(eff, general *flow.Effect, c *flow.Call, k *flow.Callee, x *flow.Exit) {
	var holes []flow.Hole
	for _, h := range x.Holes {
		if v := k.Env.Subst(&p.paths, h.Path); v.Path != nil {
			holes = append(holes, flow.Hole{Path: v.Path, Mode: h.Mode, Own: h.Own})
		}
	}
	var held []flow.Held
	for _, h := range x.Held {
		if v := k.Env.Subst(&p.paths, h.Path); v.Path != nil {
			h.Path = v.Path
			h.Site = &flow.Site{Fn: c.Instr.Parent(), Instr: c.Instr, Via: k.Via, Inner: h.Site}
			held = append(held, h)
		}
	}
	if len(holes)+len(held) == 0 {
		return
	}
	for _, g := range general.Exits {
		if len(eff.Exits) >= maxCallBack {
			return
		}
		g.Holes = append(g.Holes[:len(g.Holes):len(g.Holes)], holes...)
		g.Held = append(g.Held[:len(g.Held):len(g.Held)], held...)
		eff.Exits = append(eff.Exits, g)
	}
}

// resolve makes n's record of the general one: what the context binds is
// called, and handed on.
func (p *Program) resolve(n, general *flow.Node) {
	r := *general.Record
	lower := func(vs []flow.Value) []flow.Value {
		out := append([]flow.Value(nil), vs...)
		for i, v := range out {
			if v.Path != nil && v.Fn == nil && v.Path.Kind == lock.Param {
				if c, ok := n.Ctx[v.Path.Index]; ok {
					out[i] = c.At(&p.paths, v.Path, math.MaxInt)
				}
			}
		}
		return out
	}
	calls := append([]flow.Call(nil), r.Calls...)
	for i := range calls {
		c := &calls[i]
		var out []flow.Callee
		for _, k := range c.Callees {
			args := lower(k.Env.Args)
			out = append(out, p.bind(k.Node.Fn, args, k.Env.Binds, k.Via)...)
		}
		c.Callees = out
	}
	var open []flow.Open
	for _, o := range r.Opens {
		if o.Path != nil && o.Path.Kind == lock.Param && o.Method == "" {
			if c, ok := n.Ctx[o.Path.Index]; ok {
				if v := c.At(&p.paths, o.Path, math.MaxInt); v.Fn != nil {
					calls = append(calls, flow.Call{Instr: o.Instr, Held: o.Held, Holes: o.Holes, Callees: p.bind(v.Fn.Fn, lower(o.Args), v.Fn.Binds, o.Via)})
				}
				continue
			}
		}
		open = append(open, o)
	}
	r.Calls, r.Opens = calls, open
	n.Record = &r
}
