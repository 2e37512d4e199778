package flow

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

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
		if (b.Op == token.EQL || b.Op == token.NEQ) && a.sameParam(b.X, b.Y) {
			return b.Op == token.EQL, true
		}
	}
	t := a.testOf(cond)
	if is, ok := known(s.facts, t.on, t.val); ok {
		return is == t.equal, true
	}
	return false, false
}

// sameParam reports whether two values are one parameter: it, and a field that
// leads back to it.
func (a *analysis) sameParam(x, y ssa.Value) bool {
	if _, ok := x.Type().Underlying().(*types.Pointer); !ok {
		return false
	}
	p := a.eval(x).Path
	return p != nil && p.Kind == lock.Param && p == a.eval(y).Path
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
		if f.on == on && f.is {
			if n := integer(f.val); n != nil {
				return n
			}
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
