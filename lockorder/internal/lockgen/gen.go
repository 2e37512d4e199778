package lockgen

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// Seed expands a number into the bytes of a seed.
func Seed(n uint64) []byte {
	r := rand.New(rand.NewPCG(n, 0x6c6f636b))
	b := make([]byte, 600)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// New makes the program of a seed; every seed makes one, that compiles. Each
// byte is a choice, and past the end of the seed every choice is the first,
// which is the simplest: so a fuzzer that shortens the seed shortens the
// program.
//
// Locks and unlocks are mostly matched, also across the helper functions, so
// that few paths end at an error of the program.
func New(path string, seed []byte) *Program {
	g := &gen{seed: seed, prog: &Program{Path: path}}
	g.types()
	g.helpers()
	g.dos()
	g.functions()
	return g.prog
}

// gen is a program in the making.
type gen struct {
	seed   []byte
	prog   *Program
	names  int      // for names that differ
	budget int      // of statements in the current function
	pairs  []pair   // helpers to call
	plain  []*Func  // ordinary functions, all with their signatures
	done   int      // how many of plain have bodies
	doers  []string // types with a method Do
	dosUp  bool     // they have bodies, so Doers may be called
}

// A pair is a helper and what it does to the lock field of its first
// parameter.
type pair struct {
	kind  helperKind
	fn    *Func
	field string
	read  bool
}

// n chooses from 0 to n-1.
func (g *gen) n(n int) int {
	if len(g.seed) == 0 {
		return 0
	}
	b := g.seed[0]
	g.seed = g.seed[1:]
	return int(b) % n
}

// one reports true once in n.
func (g *gen) one(n int) bool { return g.n(n) == n-1 }

func (g *gen) name(prefix string) string {
	g.names++
	return fmt.Sprint(prefix, g.names)
}

func (g *gen) types() {
	for i := range 2 + g.n(2) {
		t := &Type{Name: fmt.Sprint("T", i)}
		for j := range 1 + g.n(2) {
			t.Fields = append(t.Fields, Field{Name: string(rune('a' + j)), RW: g.one(3)})
		}
		if g.one(5) {
			t.Fields = append(t.Fields, Field{Name: "Mutex", Embedded: true})
		} else if g.one(8) {
			t.Fields = append(t.Fields, Field{Name: "RWMutex", RW: true, Embedded: true})
		}
		g.prog.Types = append(g.prog.Types, t)
		g.global(Global{Name: fmt.Sprint("g", i), Kind: GlobalPtr, Type: t.Name})
	}
	if g.one(3) {
		g.global(Global{Name: "h0", Kind: GlobalPtr, Type: "T0"})
	}
	if g.one(3) {
		g.global(Global{Name: "v1", Kind: GlobalVal, Type: "T1"})
	}
	if g.one(3) {
		g.global(Global{Name: "m0", Kind: GlobalMutex})
	}
	if g.one(5) {
		g.global(Global{Name: "m1", Kind: GlobalRW})
	}
}

func (g *gen) global(v Global) { g.prog.Globals = append(g.prog.Globals, &v) }

// A scope is what the statements of a block can use, and must do before they
// return. Inner blocks have a copy.
type scope struct {
	fn    *Func
	vars  []Param
	bools []string
	held  []Ref   // locks that this function is known to hold
	owed  []*Stmt // what releases them, in the order of taking
	inner bool    // in a loop or a branch: no defer
	stays bool    // no early return: it would lose a helper's effect
	depth int
}

func (s scope) nested() scope {
	s.vars, s.bools = slices.Clip(s.vars), slices.Clip(s.bools)
	s.held, s.owed = slices.Clip(s.held), slices.Clip(s.owed)
	s.inner = true
	s.depth++
	return s
}

// closure is the scope in a function literal that runs now or, if apart, in
// another goroutine.
func (s scope) closure(apart bool) scope {
	s = s.nested()
	s.owed, s.inner, s.stays = nil, false, false
	if apart {
		s.held = nil
	}
	return s
}

func (s *scope) hold(r Ref, release *Stmt) {
	s.held = append(s.held, r)
	if release != nil {
		s.owed = append(s.owed, release)
	}
}

func (s *scope) drop(r Ref, release *Stmt) {
	if i := slices.Index(s.held, r); i >= 0 {
		s.held = slices.Delete(slices.Clone(s.held), i, i+1)
	}
	if i := slices.Index(s.owed, release); i >= 0 {
		s.owed = slices.Delete(slices.Clone(s.owed), i, i+1)
	}
}

// scope is the scope of a function's body.
func (g *gen) scope(f *Func) *scope {
	s := &scope{fn: f}
	for _, p := range f.Params {
		s.vars = append(s.vars, p)
		if p.Kind == ParamBool {
			s.bools = append(s.bools, p.Name)
		}
	}
	for _, v := range g.prog.Globals {
		switch v.Kind {
		case GlobalPtr, GlobalVal:
			s.vars = append(s.vars, Param{v.Name, ParamPtr, v.Type})
		case GlobalIface:
			s.vars = append(s.vars, Param{v.Name, ParamIface, ""})
		}
	}
	return s
}

// variable chooses a variable of a kind (and type, unless ""), or "".
func (g *gen) variable(s *scope, kind ParamKind, typ string) string {
	var fit []string
	for _, v := range s.vars {
		if v.Kind == kind && (typ == "" || v.Type == typ) {
			fit = append(fit, v.Name)
		}
	}
	if len(fit) == 0 {
		return ""
	}
	return fit[g.n(len(fit))]
}

// lock chooses a lock, rarely one that is held.
func (g *gen) lock(s *scope) (r Ref, rw, ok bool) {
	type choice struct {
		ref Ref
		rw  bool
	}
	var fit []choice
	careless := g.one(40)
	add := func(r Ref, rw bool) {
		if careless || !slices.Contains(s.held, r) {
			fit = append(fit, choice{r, rw})
		}
	}
	for _, v := range s.vars {
		if v.Kind == ParamPtr {
			for _, f := range g.prog.Type(v.Type).Fields {
				add(Ref{v.Name, f.Name}, f.RW)
			}
		}
	}
	for _, v := range g.prog.Globals {
		if v.Kind == GlobalMutex || v.Kind == GlobalRW {
			add(Ref{Base: v.Name}, v.Kind == GlobalRW)
		}
	}
	if len(fit) == 0 {
		return Ref{}, false, false
	}
	c := fit[g.n(len(fit))]
	return c.ref, c.rw, true
}

func op(r Ref, o Op, read bool) *Stmt {
	if read {
		o += RLock - Lock
	}
	return &Stmt{Kind: StmtLock, Ref: r, Op: o}
}

func deferred(s *Stmt) *Stmt {
	c := s.clone()
	c.Defer = true
	return c
}

func ifs(c *Expr, then ...*Stmt) *Stmt { return &Stmt{Kind: StmtIf, Cond: c, Body: then} }

func calls(c *Call) *Stmt { return &Stmt{Kind: StmtCall, Call: c} }

// leave is how a function returns early: what it owes, and the return.
func (g *gen) leave(s *scope) []*Stmt {
	var out []*Stmt
	if !g.one(25) { // now and then it forgets
		for _, r := range slices.Backward(s.owed) {
			out = append(out, r.clone())
		}
	}
	return append(out, &Stmt{Kind: StmtReturn})
}

// cond is a condition: opaque, or a bool in scope.
func (g *gen) cond(s *scope) *Expr {
	if len(s.bools) > 0 && g.one(2) {
		return &Expr{Kind: ExprVar, Name: s.bools[g.n(len(s.bools))], Not: g.one(3)}
	}
	return &Expr{Kind: ExprOpaque}
}

func (g *gen) functions() {
	for range 2 + g.n(4) {
		f := &Func{Name: g.name("F")}
		for range g.n(3) {
			f.Params = append(f.Params, Param{g.name("p"), ParamPtr, g.prog.Types[g.n(len(g.prog.Types))].Name})
		}
		if len(f.Params) > 0 && g.one(2) {
			f.Recv = f.Params[0].Type
		}
		if g.one(3) {
			f.Params = append(f.Params, Param{g.name("f"), ParamFunc, ""})
		}
		if g.one(3) {
			f.Params = append(f.Params, Param{g.name("b"), ParamBool, ""})
		}
		if len(g.doers) > 0 && g.one(4) {
			f.Params = append(f.Params, Param{g.name("d"), ParamIface, ""})
		}
		g.plain = append(g.plain, f)
		g.prog.Funcs = append(g.prog.Funcs, f)
	}
	for i, f := range g.plain {
		g.done = i
		g.budget = 9
		f.Body = g.block(g.scope(f))
	}
}
