package link

import (
	"slices"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// MayKeep are the locks that are taken, on the shortest way from the held one
// to the witness's acquisition, after the held one, and perhaps still held
// there.
func (l *Linked) MayKeep(w *Witness) []Gate {
	if w.Call == nil || w.event != nil || w.open != nil {
		return nil // what its node holds there, its gates say
	}
	n, a := w.Call.Callees[w.Callee].Node, l.c.atom(w.Class, w.Mode)
	var out []Gate
	end, t := l.walk(n, a, func(h hop) { out = append(out, l.heldGates(l.calls[h].call.Held)...) })
	if t.by != nil {
		q := t.by.way(func(c *flow.Call, _ int) { out = append(out, l.heldGates(c.Held)...) })
		out = append(out, l.heldGates(q.Held)...)
	}
	for i := range end.Record.Acquires {
		if q := &end.Record.Acquires[i]; l.acquires(q, a) {
			out = append(out, l.heldGates(q.Held)...)
			break
		}
	}
	from := l.ClassOf(w.Held.Path)
	out = slices.DeleteFunc(out, func(g Gate) bool { return g.Class == from || g.Class == w.Class })
	sortGates(out)
	return slices.Compact(out)
}

// Keeps reports whether the witness, on every way to its acquisition, takes
// after the held one a lock that keeps out who holds the gate, and still holds
// it when it waits there. Then it waits as if that were one of its gates.
func (l *Linked) Keeps(w *Witness, g Gate) bool {
	if w.Call == nil || w.event != nil || w.open != nil || g.Class == w.Class || g.Class == l.ClassOf(w.Held.Path) {
		return false
	}
	a := l.c.atom(w.Class, w.Mode)
	u := l.without[keeping{a, g}]
	if u == nil {
		u = l.beginWithout(a, g)
		if l.without == nil {
			l.without = make(map[keeping]*unkept)
		}
		l.without[keeping{a, g}] = u
	}
	return !l.leadsWithout(w.Call.Callees[w.Callee].Node.ID, u)
}

// A keeping asks who comes to an atom without a lock that keeps out who holds
// a gate.
type keeping struct {
	atom Atom
	gate Gate
}

// unkept is the answer, as far as it has been looked for: backwards from those
// that take the atom, the nearest first.
type unkept struct {
	keeping
	nodes set // by ID
	queue []int
}

func (l *Linked) beginWithout(a Atom, g Gate) *unkept {
	u := &unkept{keeping: keeping{a, g}}
	if l.taken == nil {
		l.indexTaken()
	}
	for _, id := range l.takers[a] {
		acquires := l.p.order[id].Record.Acquires
		for i := range acquires {
			if q := &acquires[i]; l.acquires(q, a) && !l.keepsOut(q.Held, g) {
				u.add(id)
			}
		}
	}
	for _, p := range l.passes[a] {
		if !l.keepsOut(p.call.Held, g) || l.gives(&p.call.Callees[p.callee], p.event.holes, g) {
			u.add(p.node)
		}
	}
	return u
}

func (u *unkept) add(node int) {
	if u.nodes.add(Atom(node)) {
		u.queue = append(u.queue, node)
	}
}

// leadsWithout reports whether a way from the node is among those of u, or may
// be: the calls that are looked at for this are bounded.
func (l *Linked) leadsWithout(node int, u *unkept) bool {
	for !u.nodes.has(Atom(node)) && len(u.queue) > 0 {
		n := u.queue[0]
		if l.looked += len(l.callers[n]); l.looked > maxLooked {
			l.p.Bounded["kept locks"]++
			return true
		}
		u.queue = u.queue[1:]
		for _, c := range l.callers[n] {
			if u.nodes.has(Atom(c.node)) {
				continue
			}
			if !l.keepsOut(c.call.Held, u.gate) || l.givesBefore(&c.call.Callees[c.callee], u.atom, u.gate) {
				u.add(c.node)
			}
		}
	}
	return u.nodes.has(Atom(node))
}

// maxLooked bounds the calls that are looked at, for all questions together:
// some seconds' worth.
const maxLooked = 200_000_000

// acquires reports whether the acquisition is one of the atom that others wait
// for too.
func (l *Linked) acquires(q *flow.Acquire, a Atom) bool {
	return !q.Try && !q.Fresh && l.c.atomAt(q.Path, q.Mode) == a
}

// keepsOut reports whether one of the held locks keeps out who holds the gate:
// none does of an object that nobody else can have seen.
func (l *Linked) keepsOut(held []flow.Held, g Gate) bool {
	return slices.ContainsFunc(held, func(h flow.Held) bool {
		return !h.Fresh && h.Mode.Conflicts(g.Mode) && l.ClassOf(h.Path) == g.Class
	})
}

// givesBefore reports whether the callee, on some way, gives a lock of the
// gate's class back before it takes the atom.
func (l *Linked) givesBefore(callee *flow.Callee, a Atom, g Gate) bool {
	return slices.ContainsFunc(l.c.sums[callee.Node.ID].groups, func(in group) bool {
		return in.atoms.has(a) && l.gives(callee, in.holes, g)
	})
}

// gives reports whether a lock of the gate's class is among those that the
// callee has released.
func (l *Linked) gives(callee *flow.Callee, holes *released, g Gate) bool {
	return holes != nil && slices.ContainsFunc(holes.paths, func(p *lock.Path) bool {
		v := callee.Env.Subst(&l.p.paths, p)
		return l.ClassOf(p) == g.Class || v.Path != nil && l.ClassOf(v.Path) == g.Class
	})
}

func (l *Linked) heldGates(held []flow.Held) []Gate {
	var out []Gate
	for i := range held {
		if h := &held[i]; !h.Fresh {
			out = append(out, Gate{l.ClassOf(h.Path), h.Mode})
		}
	}
	return out
}
