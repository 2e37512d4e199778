package lockgen

import "slices"

// maxNesting is the depth at which blocks stop to have blocks.
const maxNesting = 3

// block makes the statements of a block.
func (g *gen) block(s *scope) []*Stmt {
	var out []*Stmt
	for range 1 + g.n(3) {
		if g.budget <= 0 {
			break
		}
		g.budget--
		out = append(out, g.form(s)...)
	}
	return out
}

// forms are the shapes of code, each as often as its weight says. The first
// is what an exhausted seed makes.
var forms []shape

type shape struct {
	weight int
	make   func(*gen, *scope) []*Stmt
}

// The shapes make blocks of shapes, so that only init can tie the knot.
func init() {
	forms = []shape{
		{8, (*gen).simpleSection},
		{3, (*gen).deferSection},
		{2, (*gen).handOver},
		{3, (*gen).branch},
		{2, (*gen).correlated},
		{2, (*gen).try},
		{2, (*gen).loop},
		{2, (*gen).early},
		{1, (*gen).panics},
		{7, (*gen).callPlain},
		{2, (*gen).callDo},
		{2, (*gen).callParam},
		{2, (*gen).callLit},
		{6, (*gen).useHelper},
		{1, (*gen).yield},
	}
}

// form makes one shape, or nothing where the one chosen does not fit.
func (g *gen) form(s *scope) []*Stmt {
	total := 0
	for _, f := range forms {
		total += f.weight
	}
	n := g.n(total)
	for _, f := range forms {
		if n -= f.weight; n < 0 {
			return f.make(g, s)
		}
	}
	return nil
}

// section is a block with a lock held.
func (g *gen) section(s *scope, r Ref, acquire, release *Stmt) []*Stmt {
	s.hold(r, release)
	out := []*Stmt{acquire}
	if s.depth < maxNesting {
		s.depth++
		out = append(out, g.block(s)...)
		s.depth--
	}
	s.drop(r, release)
	return append(out, release)
}

func (g *gen) simpleSection(s *scope) []*Stmt {
	r, rw, ok := g.lock(s)
	if !ok {
		return nil
	}
	read := rw && g.one(2)
	return g.section(s, r, op(r, Lock, read), op(r, Unlock, read))
}

func (g *gen) deferSection(s *scope) []*Stmt {
	r, rw, ok := g.lock(s)
	if !ok || s.inner {
		return nil
	}
	read := rw && g.one(2)
	release := op(r, Unlock, read)
	s.hold(r, nil)
	if g.one(3) {
		return []*Stmt{op(r, Lock, read), {Kind: StmtCall, Defer: true, Call: &Call{Kind: CallLit, Body: []*Stmt{release}}}}
	}
	return []*Stmt{op(r, Lock, read), deferred(release)}
}

// handOver takes the next lock before it releases the one that it has.
func (g *gen) handOver(s *scope) []*Stmt {
	r1, rw1, ok := g.lock(s)
	if !ok {
		return nil
	}
	read1 := rw1 && g.one(2)
	rel1 := op(r1, Unlock, read1)
	s.hold(r1, rel1)
	r2, rw2, ok := g.lock(s)
	s.drop(r1, rel1)
	if !ok {
		return []*Stmt{op(r1, Lock, read1), rel1}
	}
	read2 := rw2 && g.one(2)
	sec := g.section(s, r2, op(r2, Lock, read2), op(r2, Unlock, read2))
	return append([]*Stmt{op(r1, Lock, read1), sec[0], rel1}, sec[1:]...)
}

// yield releases what the function holds, and takes it again.
func (g *gen) yield(s *scope) []*Stmt {
	if len(s.owed) == 0 {
		return nil
	}
	release := s.owed[len(s.owed)-1]
	if release.Kind != StmtLock {
		return nil
	}
	in := s.nested()
	in.drop(release.Ref, release)
	in.stays, in.depth = true, maxNesting
	out := append([]*Stmt{release.clone()}, g.block(&in)...)
	return append(out, op(release.Ref, Lock, release.Op == RUnlock))
}

func (g *gen) branch(s *scope) []*Stmt {
	if s.depth >= maxNesting {
		return nil
	}
	st := ifs(g.cond(s))
	then := s.nested()
	st.Body = g.block(&then)
	if g.one(2) {
		other := s.nested()
		st.Else = g.block(&other)
	}
	return []*Stmt{st}
}

// correlated takes a lock under a condition and releases it under the same.
func (g *gen) correlated(s *scope) []*Stmt {
	r, rw, ok := g.lock(s)
	if !ok {
		return nil
	}
	var out []*Stmt
	var name string
	if len(s.bools) > 0 && g.one(2) {
		name = s.bools[g.n(len(s.bools))]
	} else {
		name = g.name("b")
		out = append(out, &Stmt{Kind: StmtLet, Name: name, Cond: &Expr{Kind: ExprOpaque}})
		s.bools = append(slices.Clip(s.bools), name)
	}
	c := Expr{Kind: ExprVar, Name: name, Not: g.one(3)}
	c2 := c
	read := rw && g.one(2)
	return append(out, g.section(s, r, ifs(&c, op(r, Lock, read)), ifs(&c2, op(r, Unlock, read)))...)
}

func (g *gen) try(s *scope) []*Stmt {
	r, rw, ok := g.lock(s)
	if !ok {
		return nil
	}
	read := rw && g.one(2)
	return g.tried(s, r, &Expr{Kind: ExprTry, Ref: r, Read: read}, op(r, Unlock, read))
}

// tried uses an acquisition that tells whether it succeeded, in the three ways
// that people write.
func (g *gen) tried(s *scope, r Ref, try *Expr, release *Stmt) []*Stmt {
	n := g.n(3)
	if n == 1 && s.stays {
		n = 2
	}
	switch n {
	case 0: // if try { …; release }
		in := s.nested()
		body := g.section(&in, r, nil, release)[1:]
		return []*Stmt{ifs(try, body...)}
	case 1: // if !try { return }; …; release
		try.Not = true
		out := []*Stmt{ifs(try, g.leave(s)...)}
		return append(out, g.section(s, r, nil, release)[1:]...)
	}
	// ok := try; …; if ok { release }
	ok := g.name("ok")
	let := &Stmt{Kind: StmtLet, Name: ok, Cond: try}
	return g.section(s, r, let, ifs(&Expr{Kind: ExprVar, Name: ok}, release))
}

func (g *gen) loop(s *scope) []*Stmt {
	if s.depth >= maxNesting {
		return nil
	}
	in := s.nested()
	in.depth++ // loops multiply paths
	return []*Stmt{{Kind: StmtLoop, Body: g.block(&in)}}
}

func (g *gen) early(s *scope) []*Stmt {
	if s.stays {
		return nil
	}
	return []*Stmt{ifs(g.cond(s), g.leave(s)...)}
}

func (g *gen) panics(s *scope) []*Stmt {
	p := &Stmt{Kind: StmtPanic}
	if g.one(2) && s.depth < maxNesting {
		in := s.nested()
		return []*Stmt{ifs(g.cond(s), append(g.block(&in), p)...)}
	}
	return []*Stmt{ifs(g.cond(s), p)}
}

// callPlain calls an ordinary function: one made before, or, under a
// condition that can end it, any, which makes recursion.
func (g *gen) callPlain(s *scope) []*Stmt {
	n, guard := g.done, false
	if len(g.plain) > 0 && g.one(10) {
		n, guard = len(g.plain), true
	}
	if n == 0 {
		return g.simpleSection(s)
	}
	f := g.plain[n-1-g.n(n)]
	c := &Call{Target: f.Key()}
	how := g.n(8)
	for _, p := range f.Params {
		a, ok := g.argument(s, p, how == 7)
		if !ok {
			return nil
		}
		c.Args = append(c.Args, a)
	}
	st := calls(c)
	switch {
	case how == 7:
		st.Go = true
	case how == 6 && !s.inner:
		st.Defer = true
	}
	if guard {
		return []*Stmt{ifs(&Expr{Kind: ExprOpaque}, st)}
	}
	return []*Stmt{st}
}

func (g *gen) argument(s *scope, p Param, apart bool) (Arg, bool) {
	switch p.Kind {
	case ParamFunc:
		in := s.closure(apart)
		return g.funcArg(s, &in), true
	case ParamBool:
		if len(s.bools) > 0 && g.one(2) {
			return Arg{Name: s.bools[g.n(len(s.bools))]}, true
		}
		return Arg{Kind: ArgBool, Value: g.one(2)}, true
	case ParamIface:
		if name := g.variable(s, ParamIface, ""); name != "" && g.one(2) {
			return Arg{Name: name}, true
		}
		name := g.variable(s, ParamPtr, g.doers[g.n(len(g.doers))])
		return Arg{Name: name}, name != ""
	}
	name := g.variable(s, ParamPtr, p.Type)
	return Arg{Name: name}, name != ""
}

// funcArg is a func() value; a literal is made in scope in.
func (g *gen) funcArg(s, in *scope) Arg {
	switch g.n(4) {
	case 1:
		if name := g.variable(s, ParamFunc, ""); name != "" {
			return Arg{Name: name}
		}
	case 2:
		for _, f := range g.plain[:g.done] {
			if len(f.Params) == 0 && f.Result == NoResult {
				return Arg{Kind: ArgFunc, Name: f.Key()}
			}
		}
	case 3:
		if g.dosUp && len(g.doers) > 0 {
			t := g.doers[g.n(len(g.doers))]
			if name := g.variable(s, ParamPtr, t); name != "" {
				return Arg{Kind: ArgMethod, Name: "(*" + t + ").Do", Base: name}
			}
		}
	}
	return Arg{Kind: ArgLit, Body: g.block(in)}
}

func (g *gen) callDo(s *scope) []*Stmt {
	name := g.variable(s, ParamIface, "")
	if !g.dosUp || name == "" {
		return nil
	}
	return []*Stmt{calls(&Call{Kind: CallIface, Target: name})}
}

func (g *gen) callParam(s *scope) []*Stmt {
	name := g.variable(s, ParamFunc, "")
	if name == "" {
		return nil
	}
	return []*Stmt{calls(&Call{Kind: CallValue, Target: name})}
}

// callLit runs a literal now, later, or apart.
func (g *gen) callLit(s *scope) []*Stmt {
	if s.depth >= maxNesting {
		return nil
	}
	how := g.n(3)
	in := s.closure(how == 1)
	st := calls(&Call{Kind: CallLit, Body: g.block(&in)})
	st.Go = how == 1
	st.Defer = how == 2 && !s.inner
	return []*Stmt{st}
}
