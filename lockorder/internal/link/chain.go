package link

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// A Step is one call of a chain, or the acquisition at its end.
type Step struct {
	Fn    *ssa.Function
	Instr ssa.Instruction
	Via   string        // how the call is made; "" for the acquisition
	To    *ssa.Function // called; nil for the acquisition
	Of    int           // functions that the call may call, as far as known
	// Assumed: nothing in view says what the call calls; To fits.
	Assumed bool
}

// step is the call of one of a call's callees.
func (l *Linked) step(fn *ssa.Function, call *flow.Call, callee int) Step {
	c := &call.Callees[callee]
	return Step{Fn: fn, Instr: call.Instr, Via: c.Via, To: c.Node.Fn, Of: l.choices(call), Assumed: l.assumed(call)}
}

// choices is how many functions a call may call, one more if there may be some
// that are not in view.
func (l *Linked) choices(call *flow.Call) int {
	n := len(call.Callees)
	if l.assumed(call) {
		n++
	}
	return n
}

func (l *Linked) assumed(call *flow.Call) bool {
	site, ok := call.Instr.(ssa.CallInstruction)
	return ok && l.p.Assumed[site]
}

// A CallKey names a call from one function to another, wherever in it.
type CallKey struct {
	Instr ssa.Instruction
	To    *ssa.Function
}

// Chain returns the shortest chain of calls from the witness's function to
// the acquisition.
func (l *Linked) Chain(w *Witness) []Step {
	if w.chain == nil {
		w.chain = l.ChainOnce(w)
	}
	return w.chain
}

// cost says how much a reader has to follow, and to believe, of a chain: its
// steps, and those that may go elsewhere for several.
func (l *Linked) cost(w *Witness) int {
	if w.chain != nil || w.Acquire != nil || w.open != nil || w.event != nil {
		n := 0
		for _, s := range l.Chain(w) {
			n += costOf(s.Of)
		}
		return n
	}
	n := costOf(l.choices(w.Call))
	end, t := l.walk(w.Call.Callees[w.Callee].Node, l.c.atom(w.Class, w.Mode), func(h hop) {
		n += costOf(l.choices(l.calls[h].call))
	})
	if t.by == nil {
		return n + costOf(0)
	}
	for _, s := range l.steps(end, t) {
		n += costOf(s.Of)
	}
	return n
}

// costOf is the cost of a step that may go to so many functions.
func costOf(choices int) int {
	return 1 + farAside*min(max(choices-1, 0), 3)
}

// farAside is how many steps a call of several functions counts for, for each
// that it may call instead.
const farAside = 4

// ChainOnce is Chain for who will not ask again: the chain is not kept.
func (l *Linked) ChainOnce(w *Witness) []Step {
	if w.chain != nil {
		return w.chain
	}
	if w.open != nil {
		return l.openChain(w.Node, w.open)
	}
	if w.Acquire != nil {
		return []Step{{Fn: w.Node.Fn, Instr: w.Acquire.Site.Instr}}
	}
	callee := &w.Call.Callees[w.Callee]
	first := l.step(w.Node.Fn, w.Call, w.Callee)
	if w.event != nil {
		return append([]Step{first}, l.eventChain(callee.Node, w.event)...)
	}
	return l.search(first, callee.Node, l.c.atom(w.Class, w.Mode))
}

// end returns the last instruction of the witness's chain.
func (l *Linked) end(w *Witness) ssa.Instruction {
	if w.chain == nil && w.Acquire == nil && w.open == nil && w.event == nil {
		_, t := l.walk(w.Call.Callees[w.Callee].Node, l.c.atom(w.Class, w.Mode), func(hop) {})
		return t.last()
	}
	chain := l.Chain(w)
	return chain[len(chain)-1].Instr
}

func (l *Linked) eventChain(n *flow.Node, e *event) []Step {
	var out []Step
	for e.acquire == nil {
		c := &e.call.Callees[e.callee]
		out = append(out, l.step(n.Fn, e.call, e.callee))
		n = c.Node
		e = e.inner
	}
	return append(out, Step{Fn: n.Fn, Instr: e.acquire.Site.Instr})
}

type caller struct {
	node   int
	call   *flow.Call
	callee int
	hop    hop
}

// indexCallers lists, by node, who calls it where.
func (l *Linked) indexCallers() {
	l.callers = make([][]caller, len(l.p.order))
	l.calls = make([]calling, 1) // of noHop
	for _, n := range l.p.order {
		for i := range n.Record.Calls {
			call := &n.Record.Calls[i]
			for j := range call.Callees {
				to := call.Callees[j].Node.ID
				l.callers[to] = append(l.callers[to], caller{n.ID, call, j, hop(len(l.calls))})
				l.calls = append(l.calls, calling{call, j})
			}
		}
	}
}

// search puts first before the shortest chain from a node to where it, or a
// callee of its, takes the atom.
func (l *Linked) search(first Step, from *flow.Node, a Atom) []Step {
	n := 0
	l.walk(from, a, func(hop) { n++ })
	steps := append(make([]Step, 0, n+2), first)
	at := from
	end, t := l.walk(from, a, func(h hop) {
		c := l.calls[h]
		steps = append(steps, l.step(at.Fn, c.call, c.callee))
		at = c.call.Callees[c.callee].Node
	})
	return append(steps, l.steps(end, t)...)
}

// walk goes the shortest way from a node to where the atom is taken, and
// returns who takes it there, and how: at its beginning, if that is not known.
func (l *Linked) walk(n *flow.Node, a Atom, visit func(hop)) (*flow.Node, *taken) {
	hops := l.hops(a)
	for {
		if t := l.takes(n, a); t != nil {
			return n, t
		}
		h := hops[n.ID]
		if h == noHop {
			return n, &taken{atom: a, at: firstInstr(n)}
		}
		visit(h)
		n = l.calls[h].call.Callees[l.calls[h].callee].Node
	}
}

// A hop is the call that leads from a node towards an acquisition, an index of
// calls: a table of them has an entry for each node.
type hop int32

const noHop hop = 0

// A calling is a call of one of its callees.
type calling struct {
	call   *flow.Call
	callee int
}

// hops returns, by node, the first call of a shortest chain to an acquisition
// of the atom: breadth first, backwards from those that take it. The tables
// of the last few atoms are kept.
func (l *Linked) hops(a Atom) []hop {
	if h, ok := l.next[a]; ok {
		return h
	}
	if l.taken == nil {
		l.indexTaken()
	}
	next := make([]hop, len(l.p.order))
	seen := make([]bool, len(l.p.order))
	queue := append([]int(nil), l.takers[a]...)
	for _, n := range queue {
		seen[n] = true
	}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, c := range l.callers[n] {
			if !seen[c.node] {
				seen[c.node] = true
				next[c.node] = c.hop
				queue = append(queue, c.node)
			}
		}
	}
	if l.next == nil {
		l.next = make(map[Atom][]hop)
	}
	if len(l.nextOrder) >= max(minTables, keepHops/len(l.p.order)) {
		delete(l.next, l.nextOrder[0])
		l.nextOrder = l.nextOrder[1:]
	}
	l.nextOrder = append(l.nextOrder, a)
	l.next[a] = next
	return next
}

const (
	keepHops  = 16 << 20 // of all the tables that are kept, but
	minTables = 32       // tables are kept in any case
)

// firstInstr is where a node's function begins, as far as it is known.
func firstInstr(n *flow.Node) ssa.Instruction {
	if len(n.Fn.Blocks) > 0 {
		return n.Fn.Blocks[0].Instrs[0]
	}
	return &flow.Far{Fn: n.Fn}
}
