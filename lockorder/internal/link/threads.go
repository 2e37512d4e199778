package link

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// A thread is a goroutine as the analysis tells goroutines apart: all that are
// started at one place to run one function. The first two have no place.
type thread struct {
	start ssa.Instruction
	fn    *ssa.Function
	// made, if not nil, narrows it to those of the objects that this call
	// makes: see narrow.
	made ssa.Instruction
}

// A threadSet has the threads that may run a node, sorted; or only outside.
type threadSet []int32

const (
	first   int32 = iota // main and the package initialisers
	outside              // whoever calls what somebody outside of the view may call
)

// maxThreads bounds a threadSet. Who has more runs in any goroutine.
const maxThreads = 8

// threads is what is known of who runs what.
type threads struct {
	all   []thread
	index map[thread]int32
	of    []threadSet // by node
	// narrowed has the functions that only the worker of one object calls.
	narrowed map[*ssa.Function]int32
	counts   map[*ssa.Function]often // how often it is called
	started  map[int32]often         // how many of a thread there are
	nodes    map[*ssa.Function][]*flow.Node
	unbound  map[*ssa.Function]bool // called, and it is not known by whom

	// See findEarly.
	starts, before []set // by node, of threads; nil if not known
	starters       map[*flow.Node][]starter
	earlier        map[*flow.Node][]set        // see startsBefore
	made           map[ssa.Instruction][]int32 // the threads that a call makes workers of

	situations  []situation // the first is that nothing is known
	situationOf map[string]int32
	apart       map[[2]int32]bool
}

func (t *threads) number(th thread) int32 {
	i, ok := t.index[th]
	if !ok {
		i = int32(len(t.all))
		t.all = append(t.all, th)
		t.index[th] = i
	}
	return i
}

// findThreads computes, for each node, the threads that may run it.
func (l *Linked) findThreads() {
	t := &threads{
		all: make([]thread, 2), index: make(map[thread]int32),
		narrowed: make(map[*ssa.Function]int32), counts: make(map[*ssa.Function]often),
		started: make(map[int32]often), nodes: make(map[*ssa.Function][]*flow.Node),
		situations: make([]situation, 1), situationOf: make(map[string]int32), apart: make(map[[2]int32]bool),
	}
	l.threads = t
	for _, n := range l.p.order {
		t.nodes[n.Fn] = append(t.nodes[n.Fn], n)
	}
	l.spreadThreads()
	t.unbound = make(map[*ssa.Function]bool)
	for _, n := range l.p.order {
		if len(t.of[n.ID]) > 0 {
			for _, m := range l.unboundTo(n) {
				t.unbound[m.Fn] = true
			}
		}
	}
	if l.narrow() {
		l.spreadThreads()
	}
	l.findEarly()
}

// spreadThreads goes from where goroutines start to what they call.
func (l *Linked) spreadThreads() {
	t := l.threads
	t.of = make([]threadSet, len(l.p.order))
	var work []*flow.Node
	add := func(n *flow.Node, ts threadSet) {
		if i, ok := t.narrowed[n.Fn]; ok {
			ts = threadSet{i}
		}
		if t.add(n, ts) {
			work = append(work, n)
		}
	}
	for _, n := range l.p.order {
		if l.p.first(n.Fn) {
			add(n, threadSet{first})
		} else if l.fromOutside(n) {
			add(n, threadSet{outside})
		}
		for i := range n.Record.Spawns {
			sp := &n.Record.Spawns[i]
			for _, c := range sp.Callees {
				add(c.Node, threadSet{t.number(thread{start: sp.Instr, fn: c.Node.Fn})})
			}
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for i := range n.Record.Calls {
			for _, c := range n.Record.Calls[i].Callees {
				add(c.Node, t.of[n.ID])
			}
		}
		for _, m := range l.unboundTo(n) {
			add(m, t.of[n.ID])
		}
	}
}

// unboundTo returns what a node may call besides what it is known to call:
// where it is one of its function's contexts that do not bind a parameter that
// is called, what any of the others binds.
func (l *Linked) unboundTo(n *flow.Node) []*flow.Node {
	var out []*flow.Node
	for _, site := range l.p.unbound[n] {
		for _, f := range l.p.calls.at(site) {
			out = append(out, l.threads.nodes[f]...)
		}
	}
	return out
}

// add reports whether it was news that the threads run n.
func (t *threads) add(n *flow.Node, ts threadSet) bool {
	old := t.of[n.ID]
	if len(old) == 1 && old[0] == outside {
		return false
	}
	merged := slices.Concat(old, ts)
	slices.Sort(merged)
	merged = slices.Compact(merged)
	if len(merged) > maxThreads || slices.Contains(merged, outside) {
		merged = threadSet{outside}
	}
	if slices.Equal(merged, old) {
		return false
	}
	t.of[n.ID] = merged
	return true
}

// fromOutside reports whether somebody whom the view does not have may call
// the node.
func (l *Linked) fromOutside(n *flow.Node) bool {
	if l.p.isFar(n) && l.p.far.nodes[n].spawned {
		return true
	}
	return l.uncalled(n) || n.Key == "" && l.p.isRoot(n.Fn) && !l.p.within(n.Fn)
}

// uncalled reports whether nobody in view calls the node's function, in
// whatever context, although somebody might: not if it is a wrapper that the
// compiler makes of a method.
func (l *Linked) uncalled(n *flow.Node) bool {
	if strings.HasPrefix(n.Fn.Synthetic, "wrapper ") && l.p.within(n.Fn) {
		return false
	}
	for _, m := range l.threads.nodes[n.Fn] {
		if len(l.callers[m.ID]) > 0 || l.spawned[m.ID] {
			return false
		}
	}
	return true
}

// only returns the thread that alone runs the node, if there is one.
func (l *Linked) only(n *flow.Node) (int32, bool) {
	ts := l.threads.of[n.ID]
	if len(ts) != 1 || ts[0] == outside {
		return 0, false
	}
	return ts[0], true
}

// A situation is what is known of when a witness happens: which threads may
// run it, and, where the first goroutine does, which of the others may have
// been started by then.
type situation struct {
	threads threadSet
	before  set
}

// situation returns the situation of a witness, numbered so that equal ones
// are one; 0 if nothing is known that keeps it apart from others.
func (l *Linked) situation(w *Witness) int32 {
	t := l.threads
	ts := t.of[w.Node.ID]
	known := false
	for _, i := range ts {
		known = known || l.oftenStarted(i) == once
	}
	if !known {
		return 0
	}
	s := situation{threads: ts}
	if ts[0] == first && t.before != nil {
		s.before = l.startedBefore(w)
	}
	key := fmt.Sprint(s.threads, s.before)
	i, ok := t.situationOf[key]
	if !ok {
		i = int32(len(t.situations))
		t.situations = append(t.situations, s)
		t.situationOf[key] = i
	}
	return i
}

// startedBefore returns the threads that may have been started before the
// first goroutine waits for the witness's second lock.
func (l *Linked) startedBefore(w *Witness) set {
	if w.Call == nil {
		return l.startedBy(w.Node, w.Acquire.Site.Instr)
	}
	s := l.startedBy(w.Node, w.Call.Instr)
	s.union(l.threads.starts[w.Call.Callees[w.Callee].Node.ID])
	return s
}

// Apart reports whether two witnesses cannot happen at one time: one goroutine
// runs both, or one is over before the other's goroutine starts.
func (l *Linked) Apart(v, w *Witness) bool {
	if v.situation == 0 || w.situation == 0 {
		return false
	}
	t := l.threads
	k := [2]int32{min(v.situation, w.situation), max(v.situation, w.situation)}
	apart, ok := t.apart[k]
	if !ok {
		apart = l.apart(&t.situations[k[0]], &t.situations[k[1]])
		t.apart[k] = apart
	}
	return apart
}

// Worker returns where the goroutines start that alone run both witnesses, if
// there is one of them for each call of somebody outside of the view.
func (l *Linked) Worker(v, w *Witness) ssa.Instruction {
	i, ok := l.only(v.Node)
	j, same := l.only(w.Node)
	if !ok || !same || i != j || l.oftenStarted(i) != perCall {
		return nil
	}
	return l.threads.all[i].start
}

func (l *Linked) apart(s, r *situation) bool {
	early := l.threads.before != nil
	for _, i := range s.threads {
		for _, j := range r.threads {
			switch {
			case i == j && l.oftenStarted(i) == once:
			case early && i == first && !s.before.has(Atom(j)):
			case early && j == first && !r.before.has(Atom(i)):
			default:
				return false
			}
		}
	}
	return true
}

// first reports whether only the first goroutine runs the node.
func (l *Linked) first(n *flow.Node) bool {
	i, ok := l.only(n)
	return ok && i == first
}

// findInitial marks the nodes that only package initialisers run, before
// anything else.
func (l *Linked) findInitial() {
	l.initial = make([]bool, len(l.p.order))
	later := make([]bool, len(l.p.order))
	var work []*flow.Node
	reach := func(n *flow.Node) {
		if !later[n.ID] {
			later[n.ID] = true
			work = append(work, n)
		}
	}
	for _, n := range l.p.order {
		if !l.first(n) || n.Fn.Name() == "main" && l.p.first(n.Fn) {
			reach(n)
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for i := range n.Record.Calls {
			for _, c := range n.Record.Calls[i].Callees {
				reach(c.Node)
			}
		}
	}
	for i := range later {
		l.initial[i] = !later[i]
	}
}
