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
	l.ownWays = make(map[choice]map[*flow.Node]*ssa.Function)
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
// is made elsewhere.
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
		o = l.findOwn(s, waits)
		l.owns[s] = o
	}
	return o
}

func (l *Linked) findOwn(s start, waits map[*flow.Node]bool) *own {
	o := &own{nodes: make(map[*flow.Node]bool)}
	if !s.entered {
		if !waits[s.node] {
			return nil
		}
		o.fn = s.node.Fn
		o.nodes[s.node] = true
		return o
	}
	ways, ok := l.ownWays[s.choice]
	if !ok {
		ways = l.findOwnWays(s.choice, waits)
		l.ownWays[s.choice] = ways
	}
	if o.fn = ways[s.node]; o.fn == nil {
		return nil
	}
	seen := map[*flow.Node]bool{s.node: true}
	work := []*flow.Node{s.node}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if n.Fn == o.fn && waits[n] {
			o.nodes[n] = true
		}
		for i := range n.Record.Calls {
			for j := range n.Record.Calls[i].Callees {
				if m := n.Record.Calls[i].Callees[j].Node; ways[m] != nil && !seen[m] {
					seen[m] = true
					work = append(work, m)
				}
			}
		}
	}
	return o
}

// findOwnWays returns, for the nodes that come to waits of one function only,
// all for its own, that function: upwards from the nodes that wait.
func (l *Linked) findOwnWays(c choice, waits map[*flow.Node]bool) map[*flow.Node]*ssa.Function {
	atom := l.c.atom(c.class, c.mode)
	ways := make(map[*flow.Node]*ssa.Function) // nil: no such function
	var work []*flow.Node
	lead := func(n *flow.Node, to *ssa.Function) {
		fn, before := ways[n]
		if before && (fn == nil || fn == to) || !l.c.sums[n.ID].all.has(atom) {
			return
		}
		if before {
			to = nil
		}
		ways[n] = to
		work = append(work, n)
	}
	for n, own := range waits {
		if own {
			lead(n, n.Fn)
		} else {
			lead(n, nil)
		}
	}
	own := make(map[*flow.Node]*ssa.Function) // few of them
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if ways[n] != nil {
			own[n] = ways[n]
		} else {
			delete(own, n)
		}
		for _, c := range l.callers[n.ID] {
			lead(l.p.order[c.node], ways[n])
		}
	}
	return own
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
	call, i := callOf(v)
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
