package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A fact says that something equals (is) or does not equal a constant.
type fact struct {
	on  subject
	val string // the constant, or "nil"
	is  bool
	num constant.Value // the constant, if it is an integer
}

// A subject is what a fact is about: the index'th result of a value, or what
// memory holds at a path.
type subject struct {
	v    ssa.Value
	idx  int
	path *lock.Path
}

// maxFacts bounds what a state remembers; the oldest is forgotten.
const maxFacts = 24

// known looks up whether the subject equals the constant.
func known(facts []fact, on subject, val string) (is, ok bool) {
	for _, f := range facts {
		if f.on != on {
			continue
		}
		if f.val == val {
			return f.is, true
		}
		if f.is {
			return false, true
		}
	}
	return false, false
}

// learn returns facts with one more. On a boolean, not-true is false.
func learn(facts []fact, f fact) []fact {
	if !f.is && (f.val == "true" || f.val == "false") {
		f.is = true
		f.val = map[string]string{"true": "false", "false": "true"}[f.val]
	}
	if f.num == nil && f.val != "" && (f.val[0] == '-' || f.val[0] >= '0' && f.val[0] <= '9') {
		f.num = integer(f.val)
	}
	replaced := 0
	for i := range facts {
		g := &facts[i]
		if g.on != f.on {
			continue
		}
		if g.val == f.val && g.is == f.is {
			return facts
		}
		if f.is || g.val == f.val {
			replaced++
		}
	}
	if replaced > 0 {
		out := make([]fact, 0, len(facts)+factRoom)
		for _, g := range facts {
			if g.on != f.on || !f.is && g.val != f.val {
				out = append(out, g)
			}
		}
		facts = out
	}
	if len(facts) >= maxFacts {
		facts = facts[1:]
	}
	return appendFact(facts, f)
}

// appendFact appends to a list that others may share. The room behind a list
// is empty, or the facts that somebody else has appended to it: who comes first
// has it, and who comes later makes a copy.
func appendFact(facts []fact, f fact) []fact {
	n := len(facts)
	if cap(facts) > n && facts[:n+1][n].val == "" {
		return append(facts, f)
	}
	out := make([]fact, n, n+factRoom)
	copy(out, facts)
	return append(out, f)
}

// factRoom is the room that a copy of a list has for more.
const factRoom = 6

// integer is the number that a constant's text is, or nil.
func integer(text string) constant.Value {
	n := constant.MakeFromLiteral(strings.TrimPrefix(text, "-"), token.INT, 0)
	if n.Kind() != constant.Int {
		return nil
	}
	if text[0] == '-' {
		n = constant.UnaryOp(token.SUB, n, 0)
	}
	return n
}

// meet keeps the facts that both have.
func meet(x, y []fact) []fact {
	var out []fact
	for i, f := range x {
		is, ok := known(y, f.on, f.val)
		switch same := ok && is == f.is; {
		case !same && out == nil:
			out = append(make([]fact, 0, len(x)), x[:i]...)
		case same && out != nil:
			out = append(out, f)
		}
	}
	if out == nil {
		return x
	}
	return out
}

// forget drops the facts for which drop holds.
func forget(facts []fact, drop func(subject) bool) []fact {
	keep := true
	for _, f := range facts {
		if drop(f.on) {
			keep = false
			break
		}
	}
	if keep {
		return facts
	}
	var out []fact
	for _, f := range facts {
		if !drop(f.on) {
			out = append(out, f)
		}
	}
	return out
}

// forgetMemory drops what other goroutines may have changed: everything in
// memory but the function's own variables that no closure shares, and fields
// that nobody stores to once their object is made.
func (a *analysis) forgetMemory(facts []fact) []fact {
	anybody := func(v *types.Var) bool { return a.host.Modifies(nil, v, false) }
	return forget(facts, func(s subject) bool { return s.path != nil && !a.private(s.path) && !a.keeps(s.path, anybody) })
}

// forgetCall drops what a call of one of the functions may change. Without
// any, nothing is known of who is called.
func (a *analysis) forgetCall(facts []fact, site ssa.CallInstruction, callees []Callee) []fact {
	c := site.Common()
	if len(callees) == 0 && c.StaticCallee() == nil {
		return a.forgetMemory(facts)
	}
	callee := func(v *types.Var) bool {
		for i := range callees {
			if a.host.Modifies(callees[i].Node.Fn, v, false) {
				return true
			}
		}
		return false
	}
	return forget(facts, func(s subject) bool {
		return s.path != nil && !a.private(s.path) && (!a.keeps(s.path, callee) || a.handed(c, s.path))
	})
}

// forgetGuards drops, of the facts under which the held locks were taken, what
// a callee plainly changes: itself, or in functions that it names. What it
// might come to change by way of an interface is another object's more often
// than not.
func (a *analysis) forgetGuards(held []Held, callees []Callee) []Held {
	copied := false
	for i := range held {
		facts := forget(held[i].guards, func(on subject) bool {
			for p := on.path; p != nil; p = p.Base {
				if v, ok := p.Obj.(*types.Var); ok && p.Kind == lock.Field {
					for j := range callees {
						if a.host.Modifies(callees[j].Node.Fn, v, true) {
							return true
						}
					}
				}
			}
			return false
		})
		if len(facts) != len(held[i].guards) {
			if !copied {
				held, copied = append([]Held(nil), held...), true
			}
			held[i].guards = facts
		}
	}
	return held
}

// keeps reports whether the way to what is in memory at p, and what is there,
// are of fields and variables that are not modified.
func (a *analysis) keeps(p *lock.Path, modified func(*types.Var) bool) bool {
	fields := 0
	for ; p.Base != nil; p = p.Base {
		if p.Kind != lock.Field || modified(p.Obj.(*types.Var)) {
			return false
		}
		fields++
	}
	switch p.Kind {
	case lock.Global:
		v, ok := p.Obj.(*types.Var)
		return ok && !modified(v)
	case lock.Param, lock.Free:
		return true
	case lock.Local:
		if cell, ok := p.Key.(*ssa.Alloc); ok && refers(cell.Type().Underlying().(*types.Pointer).Elem()) {
			return false // a variable that may come to refer to another object
		}
		return fields > 0
	}
	return false
}

// handed reports whether a call is handed the address of what is at p, or of
// something that it is a part of, other than as a receiver.
func (a *analysis) handed(c *ssa.CallCommon, p *lock.Path) bool {
	for i, arg := range c.Args {
		if mk, ok := arg.(*ssa.MakeInterface); ok {
			arg = mk.X
		} else if i == 0 && c.Signature().Recv() != nil {
			continue
		}
		switch arg.(type) {
		case *ssa.FieldAddr, *ssa.Alloc:
			if p.HasPrefix(a.path(arg)) {
				return true
			}
		}
	}
	return false
}

func (a *analysis) private(p *lock.Path) bool {
	if p.Kind != lock.Local {
		return false
	}
	alloc, ok := p.Key.(*ssa.Alloc)
	return ok && !alloc.Heap
}

// subjectOf says what a fact about v is about: v itself, the result of a call
// that it is, or the memory that it was loaded from. A variable that is never
// assigned again is not memory.
func (a *analysis) subjectOf(v ssa.Value) subject {
	for range 16 { // a variable may be stored to itself
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
			continue
		case *ssa.ChangeInterface:
			v = x.X
			continue
		case *ssa.Extract:
			if c, ok := x.Tuple.(*ssa.Call); ok {
				return subject{v: c, idx: x.Index}
			}
		case *ssa.Field:
			return subject{path: a.path(x)}
		case *ssa.UnOp:
			if x.Op != token.MUL {
				break
			}
			switch cell := x.X.(type) {
			case *ssa.Alloc:
				if s := a.onlyStore(cell); s != nil {
					v = s.Val
					continue
				}
			case *ssa.FreeVar:
				if p := a.path(cell); p.Kind == lock.Free || p.Kind == lock.Param || p.Kind == lock.Bind {
					return subject{v: cell}
				}
			}
			return subject{path: a.path(x)}
		}
		return subject{v: v}
	}
	return subject{v: v}
}

// A test is a branch condition in the form: subject == val (or not).
type test struct {
	on    subject
	val   string
	equal bool
}

// testOf brings a condition into that form.
func (a *analysis) testOf(cond ssa.Value) test {
	flip := false
	for {
		if u, ok := cond.(*ssa.UnOp); ok && u.Op == token.NOT {
			flip = !flip
			cond = u.X
			continue
		}
		break
	}
	if b, ok := cond.(*ssa.BinOp); ok && (b.Op == token.EQL || b.Op == token.NEQ) {
		x, y := b.X, b.Y
		if _, ok := x.(*ssa.Const); ok {
			x, y = y, x
		}
		if val := a.eval(y).constText(); val != "" {
			return test{on: a.subjectOf(x), val: val, equal: (b.Op == token.EQL) != flip}
		}
	}
	return test{on: a.subjectOf(cond), val: "true", equal: !flip}
}

// constText is the constant of v as facts write it, or "".
func (v Value) constText() string {
	switch {
	case v.Nil:
		return "nil"
	case v.Const != nil:
		return v.Const.ExactString()
	}
	return ""
}

// decide evaluates a condition: by what is known of its values, then by the
// facts of the state.
func (a *analysis) decide(s *state, cond ssa.Value) (truth, ok bool) {
	if c := a.eval(cond).constText(); c == "true" || c == "false" {
		return c == "true", true
	}
	if b, ok := cond.(*ssa.BinOp); ok {
		x, y := a.constAt(s, b.X), a.constAt(s, b.Y)
		if x != nil && y != nil && x.Kind() == y.Kind() && x.Kind() == constant.Int && isComparison(b.Op) {
			return constant.Compare(x, b.Op, y), true
		}
	}
	t := a.testOf(cond)
	if is, ok := known(s.facts, t.on, t.val); ok {
		return is == t.equal, true
	}
	return false, false
}

// guarded decides a branch on a condition that decides the release of a held
// lock by what it was when the lock was taken: what is locked if t.isChan is
// unlocked if t.isChan, though calls in between could have changed it.
func (a *analysis) guarded(s *state, in *ssa.If) (truth, ok bool) {
	var t test
	for i := range s.held {
		h := &s.held[i]
		if len(h.guards) == 0 {
			continue
		}
		if t.val == "" {
			t = a.testOf(in.Cond)
		}
		is, ok := known(h.guards, t.on, t.val)
		if ok && a.decidesRelease(t.on, h.Path) {
			return is == t.equal, true
		}
	}
	return false, false
}

type guardKey struct {
	on subject
	p  *lock.Path
}

// decidesRelease reports whether some branch on the subject releases the lock
// on one of its arms.
func (a *analysis) decidesRelease(on subject, p *lock.Path) bool {
	k := guardKey{on, p}
	if r, ok := a.guards[k]; ok {
		return r
	}
	found := false
	for _, b := range a.fn.Blocks {
		in, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok || found || a.testOf(in.Cond).on != on {
			continue
		}
		found = a.armReleases(b.Succs[0], p) || a.armReleases(b.Succs[1], p)
	}
	if a.guards == nil {
		a.guards = make(map[guardKey]bool)
	}
	a.guards[k] = found
	return found
}

// armReleases reports whether a branch's arm releases a lock.
func (a *analysis) armReleases(arm *ssa.BasicBlock, p *lock.Path) bool {
	if len(arm.Preds) != 1 {
		return false
	}
	work := []*ssa.BasicBlock{arm}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = append(work[:len(work)-1], b.Dominees()...)
		if a.blockReleases(b, p) {
			return true
		}
	}
	return false
}

// blockReleases reports whether a block itself releases a lock.
func (a *analysis) blockReleases(b *ssa.BasicBlock, p *lock.Path) bool {
	for _, in := range b.Instrs {
		call, ok := in.(*ssa.Call)
		if !ok {
			continue
		}
		m := a.modelOf(call.Common())
		if m == nil {
			continue
		}
		ops := operands{a: a, call: call, args: callArgs(call.Common())}
		for i := range m.Clauses {
			if c := &m.Clauses[i]; c.Verb == model.Releases && ops.lock(c) == p {
				return true
			}
		}
	}
	return false
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

// constAt returns the integer that v is known to be in a state, or nil.
func (a *analysis) constAt(s *state, v ssa.Value) constant.Value {
	if c := a.eval(v).Const; c != nil {
		return c
	}
	on := a.subjectOf(v)
	for _, f := range s.facts {
		if f.on == on && f.is && f.num != nil {
			return f.num
		}
	}
	if b, ok := v.(*ssa.BinOp); ok && (b.Op == token.ADD || b.Op == token.SUB) {
		x, y := a.constAt(s, b.X), a.constAt(s, b.Y)
		if x != nil && y != nil && x.Kind() == constant.Int && y.Kind() == constant.Int {
			return constant.BinaryOp(x, b.Op, y)
		}
	}
	return nil
}

// counters finds the loop counters that run over a few constants: the paths
// of such a loop are kept apart by the counter's value, as if it were
// unrolled.
func counters(fn *ssa.Function) map[ssa.Value]bool {
	var out map[ssa.Value]bool
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			phi, ok := in.(*ssa.Phi)
			if !ok {
				break
			}
			if fewTurns(phi) {
				if out == nil {
					out = make(map[ssa.Value]bool)
				}
				out[phi] = true
			}
		}
	}
	return out
}

// maxTurns bounds the loops that are unrolled.
const maxTurns = 4

// fewTurns reports whether phi starts at a constant, is counted up by one,
// and compared with a constant not far from where it starts.
func fewTurns(phi *ssa.Phi) bool {
	var start constant.Value
	steps := false
	for _, e := range phi.Edges {
		switch e := e.(type) {
		case *ssa.Const:
			if e.Value != nil && e.Value.Kind() == constant.Int {
				start = e.Value
			}
		case *ssa.BinOp:
			_, c := e.Y.(*ssa.Const)
			steps = steps || e.Op == token.ADD && e.X == phi && c
		}
	}
	if start == nil || !steps {
		return false
	}
	for _, r := range *phi.Referrers() {
		b, ok := r.(*ssa.BinOp)
		if !ok || b.X != ssa.Value(phi) || b.Op != token.LSS && b.Op != token.LEQ && b.Op != token.NEQ {
			continue
		}
		if c, ok := b.Y.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int {
			far := constant.BinaryOp(start, token.ADD, constant.MakeInt64(maxTurns))
			if constant.Compare(c.Value, token.LEQ, far) && b.Op != token.NEQ {
				return true
			}
		}
	}
	return false
}

// assume adds what taking the branch tells.
func (a *analysis) assume(s state, cond ssa.Value, truth bool) state {
	if a.plain { // enter drops it
		return s
	}
	t := a.testOf(cond)
	s.facts = learn(s.facts, fact{on: t.on, val: t.val, is: t.equal == truth})
	return s
}
