package link

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// Before main has started a goroutine, nothing can happen in that goroutine.
// What the first goroutine does early is told apart so: for each node that it
// runs, the threads that may have been started before.

// findEarly computes what a call of each node may start, and what may have
// been started before the first goroutine calls it.
func (l *Linked) findEarly() {
	t := l.threads
	t.starts = make([]set, len(l.p.order))
	t.earlier = make(map[*flow.Node][]set)
	t.made, t.starters = make(map[ssa.Instruction][]int32), make(map[*flow.Node][]starter)
	t.before = make([]set, len(l.p.order))
	l.spreadStarts()
	var inits set // by initialisers, and whoever may be called at any time
	for _, n := range l.p.order {
		if n.Fn.Name() == "main" && l.p.first(n.Fn) {
			continue
		}
		if l.p.first(n.Fn) || l.fromOutside(n) {
			inits.union(t.starts[n.ID])
		}
	}
	reached := make([]bool, len(l.p.order))
	var work []*flow.Node
	for _, n := range l.p.order {
		if l.p.first(n.Fn) {
			t.before[n.ID].union(inits)
			reached[n.ID] = true
			work = append(work, n)
		}
	}
	reach := func(m *flow.Node, before, since set) {
		news := t.before[m.ID].union(before)
		if t.before[m.ID].union(since) || news || !reached[m.ID] {
			reached[m.ID] = true
			work = append(work, m)
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		starts := l.startsBefore(n)
		for i := range n.Record.Calls {
			var since set
			if starts != nil {
				since = starts[i]
			}
			call := &n.Record.Calls[i]
			for j := range call.Callees {
				reach(call.Callees[j].Node, t.before[n.ID], since)
			}
		}
		for _, m := range l.unboundTo(n) {
			reach(m, t.before[n.ID], l.startsAt(n, nil))
		}
	}
	t.earlier = nil
}

// spreadStarts computes starts, from what is started to who starts it.
func (l *Linked) spreadStarts() {
	t := l.threads
	for i, th := range t.all {
		if th.made != nil {
			t.made[th.made] = append(t.made[th.made], int32(i))
		}
	}
	var work []int
	callers := make([][]int, len(l.p.order)) // by calls that go nowhere
	for _, n := range l.p.order {
		for _, m := range l.unboundTo(n) {
			callers[m.ID] = append(callers[m.ID], n.ID)
		}
	}
	for _, n := range l.p.order {
		s := &t.starts[n.ID]
		for i := range n.Record.Spawns {
			sp := &n.Record.Spawns[i]
			for _, c := range sp.Callees {
				s.add(Atom(t.number(thread{start: sp.Instr, fn: c.Node.Fn})))
			}
		}
		for i := range n.Record.Calls {
			for _, th := range t.made[n.Record.Calls[i].Instr] {
				s.add(Atom(th))
			}
		}
		if len(*s) > 0 {
			work = append(work, n.ID)
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for _, c := range l.callers[n] {
			if t.starts[c.node].union(t.starts[n]) {
				work = append(work, c.node)
			}
		}
		for _, c := range callers[n] {
			if t.starts[c].union(t.starts[n]) {
				work = append(work, c)
			}
		}
		for _, s := range l.spawners[n] { // which starts more
			if t.starts[s.node.ID].union(t.starts[n]) {
				work = append(work, s.node.ID)
			}
		}
	}
}

// A starter is an instruction that may start threads.
type starter struct {
	at      ssa.Instruction // nil: somewhere
	threads set
}

// startersOf lists the starters in a node.
func (l *Linked) startersOf(n *flow.Node) []starter {
	t := l.threads
	if out, ok := t.starters[n]; ok || len(t.starts[n.ID]) == 0 {
		return out
	}
	var out []starter
	for i := range n.Record.Spawns {
		sp := &n.Record.Spawns[i]
		s := starter{at: sp.Instr}
		for _, c := range sp.Callees {
			s.threads.add(Atom(t.number(thread{start: sp.Instr, fn: c.Node.Fn})))
			s.threads.union(t.starts[c.Node.ID])
		}
		out = append(out, s)
	}
	for i := range n.Record.Calls {
		call := &n.Record.Calls[i]
		s := starter{at: call.Instr}
		for _, th := range t.made[call.Instr] {
			s.threads.add(Atom(th))
		}
		for _, c := range call.Callees {
			s.threads.union(t.starts[c.Node.ID])
		}
		if len(s.threads) > 0 {
			out = append(out, s)
		}
	}
	for _, m := range l.unboundTo(n) {
		if len(t.starts[m.ID]) > 0 {
			out = append(out, starter{threads: t.starts[m.ID]})
		}
	}
	t.starters[n] = out
	return out
}

// startsBefore returns, by the calls of n, the threads that n may have started
// before them; nil if it starts none.
func (l *Linked) startsBefore(n *flow.Node) []set {
	t := l.threads
	starters := l.startersOf(n)
	if out, ok := t.earlier[n]; ok || len(starters) == 0 {
		return out
	}
	out := make([]set, len(n.Record.Calls))
	for _, s := range starters {
		after := s.after()
		for i := range out {
			if after(n.Record.Calls[i].Instr) {
				out[i].union(s.threads)
			}
		}
	}
	for i := 1; i < len(out); i++ {
		if slices.Equal(out[i], out[i-1]) {
			out[i] = out[i-1]
		}
	}
	t.earlier[n] = out
	return out
}

// before reports whether the threads may have been started when an instruction
// of the function runs.
func (s *starter) before(at ssa.Instruction) bool {
	return s.at == nil || comesBefore(s.at, at) && (s.at != at || loops(at))
}

// after is before, for who asks about many instructions.
func (s *starter) after() func(at ssa.Instruction) bool {
	var led map[*ssa.BasicBlock]bool
	return func(at ssa.Instruction) bool {
		if s.at == nil || at == nil || at.Block() == nil || at.Block() == s.at.Block() || s.at.Block() == nil || deferred(s.at) || deferred(at) {
			return s.before(at)
		}
		if led == nil {
			led = ledTo(s.at.Block())
		}
		return led[at.Block()]
	}
}

// startsAt returns the threads that n may have started when it is at an
// instruction.
func (l *Linked) startsAt(n *flow.Node, at ssa.Instruction) set {
	var out set
	for _, s := range l.startersOf(n) {
		if s.before(at) {
			out.union(s.threads)
		}
	}
	return out
}

// startedBy returns the threads that may have been started when the first
// goroutine is at an instruction of n.
func (l *Linked) startedBy(n *flow.Node, at ssa.Instruction) set {
	out := slices.Clone(l.threads.before[n.ID])
	out.union(l.startsAt(n, at))
	return out
}
