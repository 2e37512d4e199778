package link

import (
	"go/token"
	"slices"
	"sort"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// Peers returns the places where two instances of one class are held at once
// and nothing puts them in an order: neither is reached from the other, and
// the function does not compare them.
func (l *Linked) Peers() []*Witness {
	var keys []EdgeKey
	for k := range l.Edges {
		if k.Held == k.Acquired {
			keys = append(keys, k)
		}
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i].Held < keys[j].Held })
	var out []*Witness
	for _, k := range keys {
		var found []*Witness
		for _, w := range l.Edges[k].Witnesses {
			if l.unordered(w) {
				found = append(found, w)
			}
		}
		for _, w := range found {
			// It takes another goroutine, perhaps at the same place.
			if slices.ContainsFunc(found, func(v *Witness) bool { return !l.Apart(v, w) }) {
				out = append(out, w)
			}
		}
	}
	return out
}

func (l *Linked) unordered(w *Witness) bool {
	p, q := w.Held.Path, w.Path
	if q == nil || w.Mode == lock.Wait || !p.Exact() || !q.Exact() || !w.Held.Mode.Conflicts(w.Mode) && !l.Classes[w.Class].Modes[lock.Exclusive] {
		return false
	}
	if l.c.settled[pair{w.Node, p, q}] {
		return false // a caller knows better
	}
	for _, g := range w.Gates {
		if g.Mode == lock.Exclusive {
			return false // all who do this do it one at a time
		}
	}
	if made(p) || made(q) || derived(p, q) || derived(q, p) {
		return false
	}
	for e := w.open; e != nil && e.inner != nil; e = e.inner {
		if compares(e.call.Callees[e.callee].Node.Fn) {
			return false
		}
	}
	return !compares(w.Node.Fn)
}

// made reports whether the lock's object was made here, or is one of several
// that the function cannot tell apart.
func made(p *lock.Path) bool {
	if p.Root().Kind != lock.Local {
		return false
	}
	switch p.Root().Key.(type) {
	case *ssa.Alloc:
		return !flow.Shared(p)
	case *ssa.Phi:
		return true
	}
	return false
}

// derived reports whether q is reached from the object that holds p, or from
// what holds that.
func derived(p, q *lock.Path) bool {
	owner := p
	for owner.Base != nil && owner.Kind != lock.Elem {
		owner = owner.Base
		if owner.Kind != lock.Global && q.HasPrefix(owner) {
			return true
		}
	}
	return false
}

// compares reports whether the function puts two values in an order.
func compares(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			op, ok := in.(*ssa.BinOp)
			if !ok {
				continue
			}
			switch op.Op {
			case token.LSS, token.LEQ, token.GTR, token.GEQ:
				_, x := op.X.(*ssa.Const)
				_, y := op.Y.(*ssa.Const)
				if !x && !y && !isLen(op.X) && !isLen(op.Y) {
					return true
				}
			}
		}
	}
	return false
}

// isLen reports whether v is a length, with which a loop compares its index.
func isLen(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	_, ok = call.Call.Value.(*ssa.Builtin)
	return ok
}
