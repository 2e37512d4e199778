package link

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// An under is one place that makes an edge: where the second lock is taken, by
// path, or may be by the callee.
type under struct {
	node   *flow.Node
	held   *flow.Held
	at     ssa.Instruction
	path   *lock.Path   // in the node's terms
	callee *flow.Callee // if path is nil; if both are, nothing is known
}

// eachUnder visits the places that make an edge, and some more, until one
// answers yes.
func (l *Linked) eachUnder(e *Edge, yes func(*under) bool) bool {
	from, to := l.ClassOf(e.Witnesses[0].Held.Path), e.Witnesses[0].Class
	var atoms []Atom
	for _, w := range e.Witnesses {
		if w.open != nil {
			return yes(&under{node: w.Node, held: w.Held})
		}
		atoms = append(atoms, l.c.atom(to, w.Mode))
	}
	if l.over == nil {
		l.indexOver()
	}
	for _, o := range l.over[from] {
		u := under{node: o.node, held: o.held}
		if o.call == nil {
			u.path, u.at = o.acquire.Path, o.acquire.Site.Instr
			if l.ClassOf(u.path) == to && yes(&u) {
				return true
			}
			continue
		}
		u.at = o.call.Instr
		for j := range o.call.Callees {
			if l.calleeUnder(u, &o.call.Callees[j], to, atoms, yes) {
				return true
			}
		}
	}
	return false
}

// An over is a place where a lock is held, and another is taken or something
// called.
type over struct {
	node    *flow.Node
	held    *flow.Held
	acquire *flow.Acquire
	call    *flow.Call
}

// indexOver lists the places where something is held, by class.
func (l *Linked) indexOver() {
	l.over = make(map[string][]over)
	add := func(held []flow.Held, o over) {
		for i := range held {
			if h := &held[i]; !h.Fresh {
				o.held = h
				class := l.ClassOf(h.Path)
				l.over[class] = append(l.over[class], o)
			}
		}
	}
	for _, n := range l.p.order {
		for i := range n.Record.Acquires {
			if a := &n.Record.Acquires[i]; !a.Try && !a.Fresh {
				add(a.Held, over{node: n, acquire: a})
			}
		}
		for i := range n.Record.Calls {
			c := &n.Record.Calls[i]
			add(c.Held, over{node: n, call: c})
		}
	}
}

// calleeUnder is eachUnder for what a callee takes.
func (l *Linked) calleeUnder(u under, callee *flow.Callee, to string, atoms []Atom, yes func(*under) bool) bool {
	sum := l.c.sums[callee.Node.ID]
	for _, a := range atoms {
		if sum.all.has(a) {
			u.callee = callee
			if yes(&u) {
				return true
			}
			break
		}
	}
	u.callee = nil
	for _, e := range sum.events {
		if _, final := l.c.class(e.path); final {
			continue // among all
		}
		if u.path = callee.Env.Subst(&l.p.paths, e.path).Path; u.path != nil && l.ClassOf(u.path) == to && yes(&u) {
			return true
		}
	}
	return false
}
