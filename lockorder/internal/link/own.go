package link

import (
	"go/types"
	"maps"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// An own is the nodes of one function that a wait may happen in, where what is
// waited for is made by the same call of that function: who ends the waits of
// another call ends none of these.
type own struct {
	fn    *ssa.Function
	nodes map[*flow.Node]bool
}

// A start is where the nodes that wait for a choice are looked for: in a node,
// and, if it is entered while the lock is held, in all that it calls.
type start struct {
	choice
	node    *flow.Node
	entered bool
}

// indexOwn finds of what the waits are for what the same call makes: most are of
// nothing of the kind, and need no search. Of each such choice owned has the
// nodes that wait for it, and whether for their own only.
func (l *Linked) indexOwn() {
	l.owns = make(map[start]*own)
	l.owned = make(map[choice]map[*flow.Node]bool)
	any := make(map[choice]bool)
	for _, n := range l.p.order {
		for i := range n.Record.Acquires {
			a := &n.Record.Acquires[i]
			if !a.Mode.Signals() {
				continue
			}
			c := choice{l.ClassOf(a.Path), a.Mode}
			makes := l.makesOwn(n.Fn, a.Path)
			any[c] = any[c] || makes
			if l.owned[c] == nil {
				l.owned[c] = make(map[*flow.Node]bool)
			}
			before, again := l.owned[c][n]
			l.owned[c][n] = makes && (before || !again)
		}
	}
	maps.DeleteFunc(l.owned, func(c choice, _ map[*flow.Node]bool) bool { return !any[c] })
}

// ownOf returns the nodes in which a witness waits, or nil if what it waits for
// is made elsewhere. It is quick where one choice is asked about after the other.
func (l *Linked) ownOf(w *Witness) *own {
	s := start{choice{w.Class, w.Mode}, w.Node, false}
	waits := l.owned[s.choice]
	if waits == nil {
		return nil
	}
	if w.Acquire == nil {
		s.node, s.entered = w.Call.Callees[w.Callee].Node, true
	}
	o, ok := l.owns[s]
	if !ok {
		switch {
		case s.entered && !l.nearestIsOwn(s, waits):
		case s.entered:
			if l.ownWays == nil || l.ownWays.choice != s.choice {
				l.ownWays = l.findOwnWays(s.choice, waits)
			}
			o = l.ownWays.own(s.node)
		case waits[s.node]:
			o = &own{s.node.Fn, map[*flow.Node]bool{s.node: true}}
		}
		l.owns[s] = o
	}
	return o
}

// nearestIsOwn reports whether the nearest wait may be for what the waiter makes
// itself. Most often it tells that there is nothing to be found.
func (l *Linked) nearestIsOwn(s start, waits map[*flow.Node]bool) bool {
	nearest, _ := l.walk(s.node, l.c.atom(s.class, s.mode), func(hop) {})
	own, known := waits[nearest]
	return own || !known
}

// ownWays are, of the nodes that come to waits for a choice, those that come to
// waits of one function only, all for its own.
type ownWays struct {
	choice
	ways  map[*flow.Node]ownWay
	nodes map[*ssa.Function][]*flow.Node // that wait
	owns  map[ownWay]*own
}

// An ownWay leads to the nodes of a function of which the mask has bits: to
// those beyond the last bit together. fn is nil if it leads to others too.
type ownWay struct {
	fn   *ssa.Function
	mask uint64
}

// own returns the nodes that n comes to.
func (ws *ownWays) own(n *flow.Node) *own {
	w := ws.ways[n]
	if w.fn == nil {
		return nil
	}
	o := ws.owns[w]
	if o == nil {
		o = &own{fn: w.fn, nodes: make(map[*flow.Node]bool)}
		for i, n := range ws.nodes[w.fn] {
			if w.mask&ownBit(i) != 0 {
				o.nodes[n] = true
			}
		}
		ws.owns[w] = o
	}
	return o
}

func ownBit(i int) uint64 { return 1 << min(i, 63) }

// findOwnWays goes upwards from the nodes that wait.
func (l *Linked) findOwnWays(c choice, waits map[*flow.Node]bool) *ownWays {
	ws := &ownWays{choice: c, ways: make(map[*flow.Node]ownWay), nodes: make(map[*ssa.Function][]*flow.Node), owns: make(map[ownWay]*own)}
	atom := l.c.atom(c.class, c.mode)
	var work []*flow.Node
	lead := func(n *flow.Node, to ownWay) {
		if !l.c.sums[n.ID].all.has(atom) {
			return
		}
		if w, before := ws.ways[n]; before {
			if w.fn == to.fn {
				to.mask |= w.mask
			} else {
				to = ownWay{}
			}
			if to == w {
				return
			}
		}
		ws.ways[n] = to
		work = append(work, n)
	}
	for _, n := range l.p.order {
		if own, ok := waits[n]; ok && own {
			lead(n, ownWay{n.Fn, ownBit(len(ws.nodes[n.Fn]))})
			ws.nodes[n.Fn] = append(ws.nodes[n.Fn], n)
		} else if ok {
			lead(n, ownWay{})
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for _, c := range l.callers[n.ID] {
			lead(l.p.order[c.node], ws.ways[n])
		}
	}
	return ws
}

// makesOwn reports whether what p names is part of an object that each call of
// fn makes anew.
func (l *Linked) makesOwn(fn *ssa.Function, p *lock.Path) bool {
	for q := p.Base; q != nil && q.Base != nil; q = q.Base {
		if q.Kind != lock.Field {
			return false
		}
		if _, ptr := q.Obj.Type().Underlying().(*types.Pointer); ptr {
			return false
		}
	}
	root := p.Root()
	v, ok := root.Key.(ssa.Value)
	if root.Kind != lock.Local || !ok || v.Parent() != fn {
		return false
	}
	if _, ok := v.(*ssa.Alloc); ok {
		return true
	}
	call, i := flow.CallOf(v)
	if call == nil {
		return false
	}
	f := call.Call.StaticCallee()
	return f != nil && len(l.p.makes(f, i)) > 0
}

// elsewhere reports whether a provider ends the waits of other calls only.
func (l *Linked) elsewhere(o *own, p *provider) bool {
	if o == nil {
		return false
	}
	if p.node.Fn == o.fn {
		return !o.nodes[p.node]
	}
	other := false
	for _, s := range l.spawners[p.node.ID] {
		if o.nodes[s.node] {
			return false
		}
		other = other || s.node.Fn == o.fn
	}
	return other
}
