package lockgen

// A helperKind says what a helper does with the lock of its first parameter.
// These are the shapes in which a function's effect outlives it, which the
// engine must carry from summary to summary.
type helperKind int

const (
	locker   helperKind = iota // takes it and returns holding
	unlocker                   // releases the caller's lock
	trier                      // returns whether it holds
	grabber                    // takes it and returns what releases it
	wrapper                    // calls a func() under it
	yielder                    // releases the caller's lock and takes it again
)

// helpers makes, for a few locks, the functions that take and release them.
func (g *gen) helpers() {
	for range g.n(3) {
		t := g.prog.Types[g.n(len(g.prog.Types))]
		f := t.Fields[g.n(len(t.Fields))]
		read := f.RW && g.one(2)
		switch k := helperKind(2 * g.n(3)); k {
		case locker:
			g.helper(locker, t, f.Name, read)
			g.helper(unlocker, t, f.Name, read)
		case trier:
			g.helper(trier, t, f.Name, read)
			if g.one(2) {
				g.helper(yielder, t, f.Name, read)
			}
		default:
			g.helper(grabber, t, f.Name, read)
			g.helper(wrapper, t, f.Name, read)
		}
	}
}

func (g *gen) helper(k helperKind, t *Type, field string, read bool) {
	p := Param{g.name("p"), ParamPtr, t.Name}
	f := &Func{
		Name:   g.name([...]string{"Lock", "Unlock", "Try", "Grab", "With", "Yield"}[k]),
		Params: []Param{p},
	}
	if g.one(2) {
		f.Recv = t.Name
	}
	r := Ref{p.Name, field}
	acquire, release := op(r, Lock, read), op(r, Unlock, read)
	s := g.scope(f)
	g.budget = 2
	// extra is what else happens, with the lock held or without.
	extra := func(held bool) []*Stmt {
		if !g.one(4) {
			return nil
		}
		in := s.nested()
		if held {
			in.hold(r, nil)
		}
		in.stays, in.depth = true, maxNesting
		return g.block(&in)
	}
	ret := func(e *Expr) *Stmt { return &Stmt{Kind: StmtReturn, Cond: e} }
	switch k {
	case locker:
		f.Body = append(append(extra(false), acquire), extra(true)...)
	case unlocker:
		f.Body = append(append(extra(true), release), extra(false)...)
	case yielder:
		f.Body = append(append([]*Stmt{release}, extra(false)...), acquire)
	case wrapper:
		f.Params = append(f.Params, Param{g.name("f"), ParamFunc, ""})
		call := calls(&Call{Kind: CallValue, Target: f.Params[1].Name})
		if g.one(2) {
			f.Body = []*Stmt{acquire, deferred(release), call}
		} else {
			f.Body = []*Stmt{acquire, call, release}
		}
	case grabber:
		f.Result = FuncResult
		f.Body = []*Stmt{acquire, ret(&Expr{Kind: ExprLit, Body: []*Stmt{release}})}
	case trier:
		f.Result = BoolResult
		yes, no := ret(&Expr{Kind: ExprConst, Value: true}), ret(&Expr{Kind: ExprConst})
		try := &Expr{Kind: ExprTry, Ref: r, Read: read}
		switch g.n(3) {
		case 0:
			f.Body = []*Stmt{ret(try)}
		case 1:
			try.Not = true
			f.Body = append([]*Stmt{ifs(try, no)}, append(extra(true), yes)...)
		default:
			f.Body = []*Stmt{acquire, ifs(&Expr{Kind: ExprOpaque}, release, no), yes}
		}
	}
	g.prog.Funcs = append(g.prog.Funcs, f)
	g.pairs = append(g.pairs, pair{k, f, field, read})
}

// dos gives some types a method Do, and with it the interface's variables.
func (g *gen) dos() {
	for i := range g.n(3) {
		t := g.prog.Types[i]
		f := &Func{Name: "Do", Recv: t.Name, Params: []Param{{g.name("p"), ParamPtr, t.Name}}}
		g.budget = 4
		f.Body = g.block(g.scope(f))
		g.prog.Funcs = append(g.prog.Funcs, f)
		g.doers = append(g.doers, t.Name)
	}
	for i := range g.doers {
		if g.one(2) {
			name := []string{"d0", "d1"}[i]
			g.global(Global{Name: name, Kind: GlobalIface, Init: []string{"g0", "g1"}[i]})
		}
	}
	g.dosUp = true
}

// useHelper makes the statements that call a helper, and what must follow.
func (g *gen) useHelper(s *scope) []*Stmt {
	if len(g.pairs) == 0 {
		return nil
	}
	p := g.pairs[g.n(len(g.pairs))]
	// Only take what is not held, as far as is known.
	base := g.variable(s, ParamPtr, p.fn.Params[0].Type)
	r := Ref{base, p.field}
	if base == "" || s.fn == p.fn {
		return nil
	}
	for _, h := range s.held {
		if h == r {
			return nil
		}
	}
	call := func(k helperKind) *Call {
		for _, q := range g.pairs {
			if q.kind == k && q.field == p.field && q.read == p.read && q.fn.Params[0].Type == p.fn.Params[0].Type {
				return &Call{Target: q.fn.Key(), Args: []Arg{{Name: base}}}
			}
		}
		return nil
	}
	acquire, release := op(r, Lock, p.read), op(r, Unlock, p.read)
	take := func() {
		if c := call(locker); c != nil && g.one(2) {
			acquire = calls(c)
		}
		if c := call(unlocker); c != nil && g.one(2) {
			release = calls(c)
		}
	}
	switch p.kind {
	case locker:
		acquire = calls(call(locker))
		take()
		return g.section(s, r, acquire, release)
	case unlocker:
		release = calls(call(unlocker))
		take()
		return g.section(s, r, acquire, release)
	case yielder:
		take()
		return []*Stmt{acquire, calls(call(yielder)), release}
	case trier:
		return g.tried(s, r, &Expr{Kind: ExprCall, Call: call(trier)}, release)
	case wrapper:
		in := s.closure(false)
		in.hold(r, nil)
		c := call(wrapper)
		c.Args = append(c.Args, g.funcArg(s, &in))
		return []*Stmt{calls(c)}
	}
	u := g.name("u")
	let := &Stmt{Kind: StmtLet, Name: u, Cond: &Expr{Kind: ExprCall, Call: call(grabber)}}
	return g.section(s, r, let, calls(&Call{Kind: CallValue, Target: u}))
}
