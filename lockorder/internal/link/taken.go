package link

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// taken says that a node takes an atom: at an instruction, or by what it passes
// to a callee.
type taken struct {
	atom Atom
	at   ssa.Instruction // if by is nil
	by   *passed
}

// passed is the acquisition, by a callee, of a lock whose class only the
// caller knows.
type passed struct {
	node   int
	call   *flow.Call
	callee int
	event  *event // in the callee's terms
}

// indexTaken lists, by node, what it takes itself, or passes to a callee that
// takes it without knowing its class; and, by atom, who does.
func (l *Linked) indexTaken() {
	l.taken = make([][]taken, len(l.p.order))
	l.takers = make(map[Atom][]int)
	l.passes = make(map[Atom][]passed)
	add := func(n int, t taken) {
		l.taken[n] = append(l.taken[n], t)
		l.takers[t.atom] = append(l.takers[t.atom], n)
	}
	for _, n := range l.p.order {
		for i := range n.Record.Acquires {
			q := &n.Record.Acquires[i]
			if !q.Try && !q.Fresh {
				add(n.ID, taken{atom: l.c.atomAt(q.Path, q.Mode), at: q.Site.Instr})
			}
		}
	}
	l.eachPassed(func(p passed, path *lock.Path, mode lock.Mode) {
		a := l.c.atomAt(path, mode)
		l.passes[a] = append(l.passes[a], p)
		if a != l.c.atomAt(p.event.path, p.event.mode) { // else the callee has it
			add(p.node, taken{atom: a, by: &p})
		}
	})
	for _, ts := range l.taken {
		slices.SortStableFunc(ts, func(t, u taken) int { return cmp.Compare(t.atom, u.atom) })
	}
}

// eachPassed visits the locks that callees take and whose classes only their
// callers know, as these name them.
func (l *Linked) eachPassed(visit func(p passed, path *lock.Path, mode lock.Mode)) {
	unknown := make([][]*event, len(l.p.order))
	for i, s := range l.c.sums {
		for _, e := range s.events {
			if _, final := l.c.class(e.path); !final && !e.fresh {
				unknown[i] = append(unknown[i], e)
			}
		}
	}
	for _, n := range l.p.order {
		for i := range n.Record.Calls {
			call := &n.Record.Calls[i]
			for j, callee := range call.Callees {
				for _, e := range unknown[callee.Node.ID] {
					v := callee.Env.Subst(&l.p.paths, e.path)
					path, mode := v.Path, e.mode
					switch {
					case path == nil || !flow.Knows(n.Fn, path):
						path = e.path // it keeps the name that it has
					case path.Kind == lock.View:
						path, mode = path.Base, lock.Shared
					}
					visit(passed{n.ID, call, j, e}, path, mode)
				}
			}
		}
	}
}

// takes returns how the node itself takes the atom, or nil.
func (l *Linked) takes(n *flow.Node, a Atom) *taken {
	if l.taken == nil {
		l.indexTaken()
	}
	if ts := l.takenBy(n.ID, a); len(ts) > 0 {
		return &ts[0]
	}
	return nil
}

// takenBy returns all the ways in which a node takes an atom.
func (l *Linked) takenBy(node int, a Atom) []taken {
	ts := l.taken[node]
	i, _ := slices.BinarySearchFunc(ts, a, func(t taken, a Atom) int { return cmp.Compare(t.atom, a) })
	n := i
	for n < len(ts) && ts[n].atom == a {
		n++
	}
	return ts[i:n]
}

// steps is the end of a chain that comes to the node n.
func (l *Linked) steps(n *flow.Node, t *taken) []Step {
	if t.by == nil {
		return []Step{{Fn: n.Fn, Instr: t.at}}
	}
	first := l.step(n.Fn, t.by.call, t.by.callee)
	return append([]Step{first}, l.eventChain(t.by.call.Callees[t.by.callee].Node, t.by.event)...)
}

// last is the instruction of the acquisition.
func (t *taken) last() ssa.Instruction {
	if t.by == nil {
		return t.at
	}
	return t.by.way(func(*flow.Call, int) {}).Site.Instr
}

// way visits the calls, of one callee each, from the passing node on, and returns
// the acquisition to which they lead.
func (p *passed) way(visit func(call *flow.Call, callee int)) *flow.Acquire {
	visit(p.call, p.callee)
	e := p.event
	for ; e.acquire == nil; e = e.inner {
		visit(e.call, e.callee)
	}
	return e.acquire
}
