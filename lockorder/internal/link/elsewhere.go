package link

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// Elsewhere reports whether a witness takes a lock of the object of which it holds
// another, as DB.Update does of its DB, and w, which holds the first and takes the
// other, does so of two objects: then at one of the locks they do not meet.
func (l *Linked) Elsewhere(v, w *Witness) bool {
	held, other := v.Held.Path.Whole(), w.Held.Path.Whole()
	if w.open != nil || w.Call == nil && w.Acquire == nil || other.Kind != lock.Field || w.Class != l.ClassOf(held) || !l.oneObject(v) {
		return false
	}
	mate := l.p.paths.Field(other.Base, held.Obj.(*types.Var), held.Name)
	at := w.at()
	h := l.holderIn(w.Node, mate, at, 0)
	if h.any() {
		return false
	}
	m := l.meetingsOf(w.Class, h)
	if w.Call == nil {
		return !m.takes(w.Node, w.Path, at)
	}
	return !m.reach(w.Node, &w.Call.Callees[w.Callee], at)
}

// oneObject reports whether a witness takes another lock of the object of which
// it holds one. What its callee takes besides, under names that do not tell of
// which object it is, is taken to be of the same.
func (l *Linked) oneObject(w *Witness) bool {
	held := w.Held.Path.Whole()
	if held.Kind != lock.Field || !held.Exact() || w.open != nil {
		return false
	}
	if w.Call == nil {
		taken := w.Path.Whole()
		return taken.Kind == lock.Field && taken.Base == held.Base
	}
	if owner(l.ClassOf(held)) != owner(w.Class) {
		return false
	}
	callee := &w.Call.Callees[w.Callee]
	one := false
	for _, p := range l.namesOf(callee.Node, w.Class) {
		taken := callee.Env.Subst(&l.p.paths, p).Path
		switch {
		case taken == nil:
		case taken.Whole().Base == held.Base || handle(w.Held, taken.Whole()):
			one = true
		case taken.Exact() && taken.Root().Kind != lock.Local && taken.Root() != held.Root():
			return false
		}
	}
	return one
}

// handle reports whether a lock is in what a value, or a variable, leads to that
// was returned by the call that took a held lock.
func handle(h *flow.Held, p *lock.Path) bool {
	if p.Kind != lock.Field || p.Base.Kind != lock.Field {
		return false
	}
	returned := func(v ssa.Value) bool {
		call, _ := flow.CallOf(v)
		return call != nil && ssa.Instruction(call) == h.Site.Instr
	}
	v, ok := p.Base.Base.Key.(ssa.Value)
	if cell, ok := v.(*ssa.Alloc); ok {
		return slices.ContainsFunc(*cell.Referrers(), func(in ssa.Instruction) bool {
			st, ok := in.(*ssa.Store)
			return ok && st.Addr == v && returned(st.Val)
		})
	}
	return ok && returned(v)
}

// owner is the type in whose field the locks of a class are.
func owner(class string) string { return class[:max(0, strings.LastIndexByte(class, '.'))] }

// A naming is a node, and a class of locks that it comes to take.
type naming struct {
	node  int
	class string
}

// maxNaming bounds the nodes looked at for one naming.
const maxNaming = 500

// namesOf returns the exact paths, in its own terms, of locks of a class that a
// node comes to take.
func (l *Linked) namesOf(n *flow.Node, class string) []*lock.Path {
	k := naming{n.ID, class}
	names, ok := l.namings[k]
	if !ok {
		if l.namings == nil {
			l.namings = make(map[naming][]*lock.Path)
		}
		names = l.findNames(n, []Atom{l.c.atom(class, lock.Exclusive), l.c.atom(class, lock.Shared)})
		l.namings[k] = names
	}
	return names
}

func (l *Linked) findNames(n *flow.Node, atoms []Atom) []*lock.Path {
	// A way leads names from a callee up to its caller. Names are only ever added,
	// so that those which have gone need not go again.
	type way struct {
		from *flow.Callee
		gone int
	}
	all := []*flow.Node{n}
	var ways [][]way // by place in all
	names := map[*flow.Node][]*lock.Path{n: nil}
	add := func(n *flow.Node, p *lock.Path) bool {
		if p == nil || !p.Exact() || p.Root().Kind != lock.Param && p.Root().Kind != lock.Free {
			return false
		}
		if p = p.Whole(); len(names[n]) == maxNamed || slices.Contains(names[n], p) {
			return false
		}
		names[n] = append(names[n], p)
		return true
	}
	for i := 0; i < len(all); i++ {
		n := all[i]
		within := len(all) < maxNaming
		if within {
			for j := range n.Record.Acquires {
				q := &n.Record.Acquires[j]
				if slices.ContainsFunc(atoms, func(a Atom) bool { return l.acquires(q, a) }) {
					add(n, q.Path)
				}
			}
		}
		var up []way
		for _, c := range l.calleesTaking(n, atoms) {
			up = append(up, way{from: c})
			if _, seen := names[c.Node]; !seen && within {
				names[c.Node] = nil
				all = append(all, c.Node)
			}
		}
		ways = append(ways, up)
	}
	for changed := true; changed; {
		changed = false
		for i, n := range slices.Backward(all) {
			for j := 0; j < len(ways[i]) && len(names[n]) < maxNamed; j++ {
				w := &ways[i][j]
				known := names[w.from.Node]
				for _, p := range known[w.gone:] {
					changed = add(n, w.from.Env.Subst(&l.p.paths, p).Path) || changed
				}
				w.gone = len(known)
			}
		}
	}
	return names[n]
}

// calleesTaking returns those whom a node calls and who come to take an atom.
func (l *Linked) calleesTaking(n *flow.Node, atoms []Atom) []*flow.Callee {
	var out []*flow.Callee
	for i := range n.Record.Calls {
		for j := range n.Record.Calls[i].Callees {
			c := &n.Record.Calls[i].Callees[j]
			if slices.ContainsFunc(atoms, func(a Atom) bool { return l.c.sums[c.Node.ID].takes(a) }) {
				out = append(out, c)
			}
		}
	}
	return out
}
