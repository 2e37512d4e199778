package link

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// Peers returns the places where two instances of one class are held at once
// and nothing puts them in an order: neither is reached from the other, the
// function does not compare them, and they may be one goroutine's first and
// another's second.
func (l *Linked) Peers() []*Witness {
	var out []*Witness
	for _, k := range l.sameClass() {
		if e := l.Edges[k]; !l.MayMeet(e, e) {
			continue // what is taken is never what another holds
		}
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

// sameClass lists the edges from a class to itself.
func (l *Linked) sameClass() []EdgeKey {
	var keys []EdgeKey
	for k := range l.Edges {
		if k.Held == k.Acquired {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, EdgeKey.Compare)
	return keys
}

// A Turn is two witnesses of one class that go opposite ways: from an object to
// one of those in a field of it, and from such a one to its owner.
type Turn struct {
	Down, Up        *Witness
	Through, BackBy *types.Var // the fields
}

// A step leads from an object to the next of its kind.
type step = spot

// Turns returns the classes whose instances are taken down a field and up
// another that leads back: the first of each class and pair of fields.
func (l *Linked) Turns() []Turn {
	var out []Turn
	for _, k := range l.sameClass() {
		steps := make(map[step]*Witness)
		var order []step
		for _, w := range l.Edges[k].Witnesses {
			if s, ok := stepOf(w); ok && steps[s] == nil {
				steps[s] = w
				order = append(order, s)
			}
		}
		for _, down := range order {
			for _, up := range order {
				if !l.p.back(down, up) {
					continue
				}
				t := Turn{Down: steps[down], Up: steps[up], Through: down.f, BackBy: up.f}
				if l.meets(&t) {
					out = append(out, t)
				}
			}
		}
	}
	return out
}

// meets reports whether the two ways of a turn can keep each other waiting.
func (l *Linked) meets(t *Turn) bool {
	class := t.Down.Class
	if !l.excludes(class, t.Down.Held.Mode, t.Up.Mode) || !l.excludes(class, t.Up.Held.Mode, t.Down.Mode) {
		return false
	}
	return !conflict(t.Down.Gates, t.Up.Gates)
}

// stepOf returns the step from the instance that a witness holds to the one it
// takes, if it is one step.
func stepOf(w *Witness) (step, bool) {
	p, q := w.Held.Path, w.Path
	if q == nil || w.Mode == lock.Wait {
		return step{}, false
	}
	for p.Base != nil && q.Base != nil && p.Kind == q.Kind && p.Obj == q.Obj && p.Kind == lock.Field {
		p, q = p.Base, q.Base
		if s, field := spotOf(q); field != nil && field.Base == p {
			return s, true
		}
	}
	return step{}, false
}

// back reports whether a step up leads back from where a step down has led.
func (p *Program) back(down, up step) bool {
	if down == up || up.elem || p.scan.rules == nil {
		return false
	}
	u := p.scan.rules.ways[way{spot: down, field: up.f}]
	return u != nil && !u.bad && len(u.chain) == 0 && !u.view
}

func (l *Linked) unordered(w *Witness) bool {
	p, q := w.Held.Path, w.Path
	if q == nil || w.Mode == lock.Wait || !p.Exact() || !q.Exact() || !l.excludes(w.Class, w.Held.Mode, w.Mode) {
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
