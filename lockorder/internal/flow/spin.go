package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// Spins are the spin locks that a function's code takes, gives back and waits
// for, by the operation on the lock's word.
type Spins struct {
	ops map[ssa.Instruction]*spinOp
}

// A spinOp is what an operation does to a lock.
type spinOp struct {
	op       *atomicOp
	acquires bool // if it succeeds
	blocks   bool // and is tried until it does
	waits    bool
	tries    bool // in the function called
	releases bool
	loop     *loop
	inner    *atomicOp // in the function called, if op is a call
}

// wait notes that the loop around the operation waits for the word.
func (sp *spinOp) wait(w *word, l *loop) {
	sp.waits, sp.loop = true, l
	for _, x := range sp.op.inner {
		if w.has(x.key) && sp.inner == nil {
			sp.inner = x
		}
	}
}

func (s *Spins) at(site ssa.Instruction) *spinOp {
	if s == nil {
		return nil
	}
	return s.ops[site]
}

// applySpin does what an operation on the word of a spin lock does.
func (a *analysis) applySpin(s state, sp *spinOp, site ssa.CallInstruction) []state {
	if sp.op.verb == atomicCall {
		a.recordWait(s, sp, a.innerPath(sp, site), site)
		callees := a.callees(site)
		if len(callees) == 0 {
			s.facts = a.forgetMemory(s.facts)
			return []state{s}
		}
		a.recordCall(s, site, callees)
		return a.applyEffects(s, site, callees, false)
	}
	p := a.path(sp.op.addr)
	if p == nil {
		return []state{s}
	}
	s.facts = a.forgetMemory(s.facts)
	switch on, val, won := sp.op.outcome(); {
	case sp.acquires && on != nil:
		no := s
		no.facts = learn(no.facts, fact{on: subject{v: on}, val: val, is: !won})
		s = a.acquireSpin(s, sp, p, site)
		s.facts = learn(s.facts, fact{on: subject{v: on}, val: val, is: won})
		return []state{s, no}
	case sp.releases && on != nil && sp.op.verb == atomicCAS && branched(on):
		no := s
		no.facts = learn(no.facts, fact{on: subject{v: on}, val: val, is: !won})
		s = a.releaseSpin(s, p, site)
		s.facts = learn(s.facts, fact{on: subject{v: on}, val: val, is: won})
		return []state{s, no}
	case sp.releases:
		s = a.releaseSpin(s, p, site)
	case sp.waits:
		a.recordWait(s, sp, p, site)
	}
	return []state{s}
}

// storeSpin does what a store that is not atomic does.
func (a *analysis) storeSpin(s state, in *ssa.Store) state {
	if sp := a.spins.at(in); sp != nil && sp.releases {
		if p := a.path(in.Addr); p != nil {
			return a.releaseSpin(s, p, in)
		}
	}
	return s
}

// acquireSpin takes the lock. What the loop releases while it waits is not
// held meanwhile, though it is once the lock is taken.
func (a *analysis) acquireSpin(s state, sp *spinOp, p *lock.Path, site ssa.Instruction) state {
	t := a.whileSpinning(s, sp)
	n := len(t.held)
	t = a.take(t, p, &model.Clause{Mode: lock.Exclusive, Try: !sp.blocks}, site)
	if len(t.held) > n {
		s = s.hold(t.held[n])
	}
	s.holes = t.holes
	return s
}

// recordWait records that the loop waits for the holder, unless that is its
// own goroutine: who set a status and looks at it in a loop waits for somebody
// to set it back, and holds nothing against him.
func (a *analysis) recordWait(s state, sp *spinOp, p *lock.Path, site ssa.Instruction) {
	if p != nil && (sp.tries || s.findHeld(p) < 0) {
		a.take(a.whileSpinning(s, sp), p, &model.Clause{Mode: lock.Wait}, site)
	}
}

// releaseSpin releases the lock; the first store into an object that nobody
// else knows yet does not.
func (a *analysis) releaseSpin(s state, p *lock.Path, site ssa.Instruction) state {
	if s.findHeld(p) < 0 && a.fresh(p, site) {
		return s
	}
	return a.release(s, p, lock.Exclusive)
}

// whileSpinning is the state without the locks that the loop itself releases
// and takes again.
func (a *analysis) whileSpinning(s state, sp *spinOp) state {
	if sp.loop == nil || len(s.held) == 0 {
		return s
	}
	classes := make(map[string]bool)
	for b := range sp.loop.blocks {
		for _, in := range b.Instrs {
			if call, ok := in.(*ssa.Call); ok && a.spins.at(call) == nil {
				a.operates(call, classes, make(map[string]bool))
			}
		}
	}
	if len(classes) == 0 {
		return s
	}
	var held []Held
	for _, h := range s.held {
		if class, _ := a.host.Names().Class(h.Path); !classes[class] {
			held = append(held, h)
		}
	}
	s.held = held
	return s
}

// innerPath is the path of the word that the function called looks at, in
// terms of its caller; nil where it cannot be said.
func (a *analysis) innerPath(sp *spinOp, site ssa.CallInstruction) *lock.Path {
	if sp.inner == nil || sp.inner.site.Parent() != sp.op.callee {
		return nil
	}
	args := site.Common().Args
	var path func(v ssa.Value) *lock.Path
	path = func(v ssa.Value) *lock.Path {
		switch v := v.(type) {
		case *ssa.Parameter:
			for i, p := range sp.op.callee.Params {
				if p == v && i < len(args) {
					return a.path(args[i])
				}
			}
		case *ssa.Global:
			return a.path(v)
		case *ssa.FieldAddr:
			if base := path(v.X); base != nil {
				t := v.X.Type().Underlying().(*types.Pointer).Elem()
				return a.selectField(base, t, t.Underlying().(*types.Struct).Field(v.Field))
			}
		case *ssa.UnOp:
			if v.Op == token.MUL {
				return path(v.X)
			}
		case *ssa.Convert:
			return path(v.X)
		case *ssa.ChangeType:
			return path(v.X)
		}
		return nil
	}
	return path(sp.inner.addr)
}

// outcome is what tells whether an operation had its way: v equals val, or
// does not.
func (op *atomicOp) outcome() (v ssa.Value, val string, is bool) {
	call, ok := op.site.(*ssa.Call)
	if !ok {
		return nil, "", false
	}
	switch op.verb {
	case atomicCAS:
		return call, "true", true
	case atomicSwap:
		if op.result() != nil {
			if b, ok := call.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsBoolean != 0 {
				return call, "true", false
			}
			return call, "0", true
		}
	}
	return nil, "", false
}

// result returns the call, if what a Swap returns is compared with zero.
func (op *atomicOp) result() ssa.Value {
	call, ok := op.site.(*ssa.Call)
	if !ok || call.Referrers() == nil {
		return nil
	}
	if b, ok := call.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsBoolean != 0 && len(*call.Referrers()) > 0 {
		return call
	}
	for _, r := range *call.Referrers() {
		if b, ok := r.(*ssa.BinOp); ok && (b.Op == token.EQL || b.Op == token.NEQ) {
			for _, x := range []ssa.Value{b.X, b.Y} {
				if c := constOf(x); c != nil && sameConst(c, zeroConst) {
					return call
				}
			}
		}
	}
	return nil
}

// branched reports whether a branch depends on v.
func branched(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.If:
			return true
		case *ssa.UnOp:
			if r.Op == token.NOT && branched(r) {
				return true
			}
		}
	}
	return false
}
