package lockgen

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// Short forms to write programs by hand: two types T {a; b RW} and U {c}, a
// global of each, and a Doer.
var (
	ga, gb, uc = Ref{"g", "a"}, Ref{"g", "b"}, Ref{"u", "c"}
	cond       = &Expr{Kind: ExprOpaque}
	ret        = &Stmt{Kind: StmtReturn}
	boom       = &Stmt{Kind: StmtPanic}
)

func on(r Ref, o Op) *Stmt              { return &Stmt{Kind: StmtLock, Ref: r, Op: o} }
func set(name string, e *Expr) *Stmt    { return &Stmt{Kind: StmtLet, Name: name, Cond: e} }
func is(name string) *Expr              { return &Expr{Kind: ExprVar, Name: name} }
func do(target string, as ...Arg) *Stmt { return calls(&Call{Target: target, Args: as}) }
func goes(b ...*Stmt) *Stmt {
	return &Stmt{Kind: StmtCall, Go: true, Call: &Call{Kind: CallLit, Body: b}}
}

// nest wraps a body in n function literals, each run at once.
func nest(n int, b ...*Stmt) *Stmt {
	c := calls(&Call{Kind: CallLit, Body: b})
	if n > 1 {
		return nest(n-1, c)
	}
	return c
}

func fn(name string, b ...*Stmt) *Func { return &Func{Name: name, Body: b} }
func (f *Func) with(ps ...Param) *Func { f.Params = ps; return f }

func program(fs ...*Func) *Program {
	return &Program{
		Path: "x/p",
		Types: []*Type{
			{"T", []Field{{Name: "a"}, {Name: "b", RW: true}}},
			{"U", []Field{{Name: "c"}}},
		},
		Globals: []*Global{{Name: "g", Type: "T"}, {Name: "u", Type: "U"}, {Name: "m", Kind: GlobalMutex}},
		Funcs:   fs,
	}
}

// brief writes a behaviour as "T.a→U.c", with r before a lock read, ? after an
// edge that is only allowed, and "again T.a F" for relocks.
func brief(b *Behaviour) string {
	var out []string
	for _, e := range slices.Collect(maps.Keys(b.Allowed)) {
		s := short(e.HeldMode, e.Held) + "→" + short(e.AcquiredMode, e.Acquired)
		if _, ok := b.Edges[e]; !ok {
			s += "?"
		}
		out = append(out, s)
	}
	for r := range b.Relocks {
		out = append(out, "again "+short("", r.Class)+" "+short("", r.Func))
	}
	for r := range b.Recursive {
		out = append(out, "reread "+short("", r.Class)+" "+short("", r.Func))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func short(mode, name string) string {
	name = strings.TrimPrefix(name, "x/p.")
	if mode == "rlock" {
		return "r" + name
	}
	return name
}

func TestObserve(t *testing.T) {
	la, ua, lb, ub := on(ga, Lock), on(ga, Unlock), on(gb, Lock), on(gb, Unlock)
	rb, rub := on(gb, RLock), on(gb, RUnlock)
	lc, uc := on(uc, Lock), on(uc, Unlock)
	p := Param{"p", ParamPtr, "T"}
	pa := Ref{"p", "a"}
	try := func(r Ref) *Expr { return &Expr{Kind: ExprTry, Ref: r} }
	lit := func(b ...*Stmt) Arg { return Arg{Kind: ArgLit, Body: b} }
	loop := func(b ...*Stmt) *Stmt { return &Stmt{Kind: StmtLoop, Body: b} }
	value := func(name string) *Stmt { return calls(&Call{Kind: CallValue, Target: name}) }

	for _, test := range []struct {
		name string
		prog *Program
		want string
	}{
		{"nested", program(fn("F", la, lc, uc, ua)), "T.a→U.c"},
		{"in turn", program(fn("F", la, ua, lc, uc)), ""},
		{"read modes", program(fn("F", rb, la, ua, rub, la, rb, rub, ua)), "T.a→rT.b, rT.b→T.a"},
		{"package variable", program(fn("F", on(Ref{Base: "m"}, Lock), la, ua, on(Ref{Base: "m"}, Unlock))), "m→T.a"},
		{"defer holds to the end", program(fn("F", la, deferred(ua), lc, uc)), "T.a→U.c"},
		{"defers run last first", program(fn("F",
			la, deferred(ua), &Stmt{Kind: StmtCall, Defer: true, Call: &Call{Kind: CallLit, Body: []*Stmt{lc, uc}}})), "T.a→U.c"},
		{"defer of a closure", program(fn("F",
			la, &Stmt{Kind: StmtCall, Defer: true, Call: &Call{Kind: CallLit, Body: []*Stmt{ua}}}, ret)), ""},
		{"branch", program(fn("F", ifs(cond, la), lc, uc, ifs(cond, ua))), "T.a→U.c"},
		{"correlated", program(fn("F",
			set("b", cond), ifs(is("b"), la), ifs(is("b"), ua), lc, uc)), ""},
		{"contradiction", program(fn("F",
			set("b", cond), ifs(is("b"), la), ifs(&Expr{Kind: ExprVar, Name: "b", Not: true}, lc, uc), ifs(is("b"), ua))), ""},
		{"parameter is correlated", program(fn("F",
			ifs(is("b"), la), lc, uc, ifs(is("b"), ua)).with(Param{"b", ParamBool, ""})), "T.a→U.c"},
		{"early return", program(fn("F", la, ifs(cond, ua, ret), lc, uc, ua)), "T.a→U.c"},
		{"return ends", program(fn("F", la, ua, ret, lc, la, ua, uc)), ""},
		{"panic is only allowed", program(fn("F", ifs(cond, la, lc, boom))), "T.a→U.c?"},
		{"panic in a callee", program(fn("F", boom), fn("G", la, lc, do("F"), uc, ua)), "T.a→U.c?"},
		{"try makes no edge", program(fn("F", la, ifs(try(gb), ub), ua)), ""},
		{"try holds", program(fn("F", ifs(try(ga), lc, uc, ua))), "T.a→U.c"},
		{"try of what is held fails", program(fn("F", la, ifs(try(ga), lc, uc), ua)), ""},
		{"try tells", program(
			&Func{Name: "Try", Result: BoolResult, Body: []*Stmt{{Kind: StmtReturn, Cond: try(ga)}}},
			fn("F", set("ok", &Expr{Kind: ExprCall, Call: &Call{Target: "Try"}}), ifs(is("ok"), ua), lc, uc)), ""},
		{"loop holds on", program(fn("F", loop(lc, uc, la, ua))), ""},
		{"loop twice", program(fn("F", loop(la))), "again T.a F"},
		{"call under lock", program(fn("F", lc, uc), fn("G", la, do("F"), ua)), "T.a→U.c"},
		{"callee holds", program(fn("F", la), fn("G", do("F"), lc, uc, ua)), "T.a→U.c"},
		{"callee releases", program(fn("F", ua), fn("G", la, do("F"), lc, uc)), ""},
		{"caller's lock let go", program(fn("F", ua, lc, uc, la)), ""},
		{"caller's lock, then more", program(fn("F", ua, la, lc, uc, ua)), "T.a→U.c?"},
		{"returned release", program(
			&Func{Name: "Grab", Result: FuncResult, Body: []*Stmt{la, {Kind: StmtReturn, Cond: &Expr{Kind: ExprLit, Body: []*Stmt{ua}}}}},
			fn("F", set("rel", &Expr{Kind: ExprCall, Call: &Call{Target: "Grab"}}), lc, uc, value("rel"), lb, ub)), "T.a→U.c"},
		{"closure argument", program(
			fn("With", la, value("f"), ua).with(Param{"f", ParamFunc, ""}),
			fn("F", do("With", lit(lc, uc)))), "T.a→U.c"},
		{"closures stay apart", program(
			fn("With", value("f")).with(Param{"f", ParamFunc, ""}),
			fn("F", la, do("With", lit()), ua), fn("G", do("With", lit(lc, uc)))), ""},
		{"function as a value", program(
			fn("G", lc, uc), fn("With", la, value("f"), ua).with(Param{"f", ParamFunc, ""}),
			fn("F", do("With", Arg{Kind: ArgFunc, Name: "G"}))), "T.a→U.c"},
		{"go holds nothing", program(fn("F", la, goes(lc, uc), ua)), ""},
		{"go has its own", program(fn("F", goes(la, lc, uc, ua))), "T.a→U.c"},
		{"go before a panic", program(fn("F", goes(la, lc, uc, ua), boom)), "T.a→U.c?"},
		{"relock", program(fn("F", la, la, lc, uc)), "T.a→U.c?, again T.a F"},
		{"edge before a relock", program(fn("F", la, lc, la)), "T.a→U.c, U.c→T.a?, again T.a F"},
		{"relock in a callee", program(fn("F", la, ua), fn("G", la, do("F"), ua)), "again T.a F, again T.a G"},
		{"upgrade", program(fn("F", rb, lb)), "again T.b F"},
		{"read again", program(fn("F", rb, rb, rub, rub)), "reread T.b F"},
		{"parameter is not the global", program(
			fn("F", la, on(pa, Lock), on(pa, Unlock), ua).with(p)), "T.a→T.a"},
		{"parameter is the argument", program(
			fn("F", on(pa, Lock), on(pa, Unlock)).with(p),
			fn("G", la, do("F", Arg{Name: "g"}), ua)), "again T.a F, again T.a G"},
		{"closures are no recursion", program(fn("F", nest(4, la, lc, uc, ua))), "T.a→U.c"},
		{"recursion", program(fn("F", ifs(cond, do("F")), la, ua, ifs(cond, lc, uc))), ""},
		{"recursion under lock", program(
			fn("F", on(pa, Lock), lc, uc, ifs(cond, do("F", Arg{Name: "g"})), on(pa, Unlock)).with(p)),
			"T.a→T.a, T.a→U.c, again T.a F"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.prog.Source() // it must parse
			b := Observe(test.prog)
			if got := brief(b); got != test.want {
				t.Errorf("got  %s\nwant %s\n%s", got, test.want, test.prog.Source())
			}
			if b.Truncated {
				t.Error("truncated")
			}
		})
	}
}

func TestInterface(t *testing.T) {
	p := Param{"p", ParamPtr, "U"}
	prog := program(
		&Func{Name: "Do", Recv: "U", Params: []Param{p}, Body: []*Stmt{on(Ref{"p", "c"}, Lock), on(Ref{"p", "c"}, Unlock)}},
		fn("F", on(ga, Lock), calls(&Call{Kind: CallIface, Target: "d"}), on(ga, Unlock)).with(Param{"d", ParamIface, ""}),
		fn("G", do("F", Arg{Name: "u"})),
	)
	if got, want := brief(Observe(prog)), "T.a→U.c"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	prog.Funcs = prog.Funcs[:2] // nobody passes a U
	if got := brief(Observe(prog)); got != "" {
		t.Errorf("without a caller: got %s", got)
	}
}
