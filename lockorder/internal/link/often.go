package link

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// often says how many times something happens in one run of the program.
type often int8

const (
	never   often = iota
	once          // at most
	perCall       // once for each call of one function by somebody outside of the view
	many
)

// oftenStarted says how many goroutines of a thread there are.
func (l *Linked) oftenStarted(i int32) often {
	n, ok := l.threads.started[i]
	if !ok {
		n = l.countStarts(i)
		l.threads.started[i] = n
	}
	return n
}

func (l *Linked) countStarts(i int32) often {
	th := &l.threads.all[i]
	switch {
	case i == first:
		return once
	case i == outside:
		return many
	case th.made != nil:
		return l.oftenRuns(th.made)
	}
	if _, ok := th.start.(*ssa.Go); !ok {
		return many // a timer may be set again
	}
	return l.oftenRuns(th.start)
}

// oftenRuns says how many times an instruction runs.
func (l *Linked) oftenRuns(in ssa.Instruction) often {
	if _, far := in.(*flow.Far); far {
		return many // of a function that only a fact tells of
	}
	n := l.oftenCalled(in.Parent())
	if n != never && loops(in) {
		return many
	}
	return n
}

// oftenCalled says how many times a function is called, or started.
func (l *Linked) oftenCalled(f *ssa.Function) often {
	if n, ok := l.threads.counts[f]; ok {
		return n
	}
	if l.p.first(f) {
		return once
	}
	l.threads.counts[f] = many // for recursion
	if l.threads.unbound[f] {
		return many
	}
	n := never
	for _, node := range l.threads.nodes[f] {
		if l.fromOutside(node) {
			n = perCall
		}
	}
	for caller, sites := range l.sitesOf(f) {
		n = n.and(l.oftenAt(caller, sites))
	}
	l.threads.counts[f] = n
	return n
}

// and counts two things that may both happen.
func (n often) and(m often) often {
	switch {
	case n == never:
		return m
	case m == never:
		return n
	}
	return many
}

// sitesOf lists the places that call or start f, by the function that they
// are in.
func (l *Linked) sitesOf(f *ssa.Function) map[*ssa.Function][]ssa.Instruction {
	sites := make(map[*ssa.Function][]ssa.Instruction)
	seen := make(map[ssa.Instruction]bool)
	add := func(n *flow.Node, at ssa.Instruction) {
		if !seen[at] {
			seen[at] = true
			sites[n.Fn] = append(sites[n.Fn], at)
		}
	}
	for _, node := range l.threads.nodes[f] {
		for _, c := range l.callers[node.ID] {
			add(l.p.order[c.node], c.call.Instr)
		}
		for _, s := range l.spawners[node.ID] {
			add(s.node, s.instr)
		}
	}
	return sites
}

// oftenAt counts the calls at places in one function. Of places of which none
// leads to another, such as those in the arms of an if, one activation runs one.
func (l *Linked) oftenAt(caller *ssa.Function, sites []ssa.Instruction) often {
	n := l.oftenCalled(caller)
	if n == never {
		return never
	}
	for i, at := range sites {
		if _, far := at.(*flow.Far); far || loops(at) {
			return many
		}
		for _, other := range sites[:i] {
			if at.Block() == other.Block() || leadsTo(at.Block(), other.Block()) || leadsTo(other.Block(), at.Block()) {
				return many
			}
		}
	}
	return n
}
