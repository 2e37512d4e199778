package link

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// Under reports whether each place that calls fn has a lock of the class held,
// on some way at least, so that fn may count on it. Somebody outside of the view,
// or who starts it as a goroutine, has none.
func (l *Linked) Under(fn *ssa.Function, class string) bool {
	return l.under(fn, class, make(map[*ssa.Function]bool))
}

// under is Under; known has the functions that it was asked for already, and
// those that it is asked for, since a circle changes nothing.
func (l *Linked) under(fn *ssa.Function, class string, known map[*ssa.Function]bool) bool {
	if is, ok := known[fn]; ok {
		return is
	}
	known[fn] = true
	known[fn] = l.entered(fn, class, known)
	return known[fn]
}

func (l *Linked) entered(fn *ssa.Function, class string, known map[*ssa.Function]bool) bool {
	held := make(map[ssa.Instruction]bool)
	for _, n := range l.threads.nodes[fn] {
		if l.spawned[n.ID] || l.fromOutside(n) {
			return false
		}
		for _, c := range l.callers[n.ID] {
			held[c.call.Instr] = held[c.call.Instr] || l.holds(l.p.order[c.node], c.call, class, known)
		}
	}
	for _, h := range held {
		if !h {
			return false
		}
	}
	return len(held) > 0
}

// holds reports whether a call in n is made with a lock of the class held.
func (l *Linked) holds(n *flow.Node, call *flow.Call, class string, known map[*ssa.Function]bool) bool {
	if slices.ContainsFunc(call.Held, func(h flow.Held) bool { return l.ClassOf(h.Path) == class }) {
		return true
	}
	return !l.names(call.Holes, class) && l.under(n.Fn, class, known)
}
