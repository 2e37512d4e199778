package link

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
)

// Under reports whether each place that calls fn has a lock of the class held,
// on some way at least, so that fn may count on it. Somebody outside of the view,
// or who starts it as a goroutine, has none.
func (l *Linked) Under(fn *ssa.Function, class string) bool {
	under, ok := l.under[class]
	if !ok {
		under = l.findUnder(class)
		if l.under == nil {
			l.under = make(map[string]map[*ssa.Function]bool)
		}
		l.under[class] = under
	}
	return under[fn]
}

// findUnder returns the functions that are under a lock of the class: of those
// that are called, or may be, below a call with it held, it takes those away
// that are entered without, and so what these call, until all that are left are
// under it.
func (l *Linked) findUnder(class string) map[*ssa.Function]bool {
	under := make(map[*ssa.Function]bool)
	var work []*ssa.Function
	add := func(fn *ssa.Function) {
		if !under[fn] {
			under[fn] = true
			work = append(work, fn)
		}
	}
	for _, n := range l.p.order {
		for i := range n.Record.Calls {
			if c := &n.Record.Calls[i]; l.c.holds(c.Held, class) {
				for j := range c.Callees {
					add(c.Callees[j].Node.Fn)
				}
			}
		}
	}
	var all []*ssa.Function
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		all = append(all, fn)
		l.calledFrom(fn, add)
	}
	queued := make(map[*ssa.Function]bool)
	for _, fn := range all {
		queued[fn] = true
	}
	for work = all; len(work) > 0; {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		delete(queued, fn)
		if !under[fn] || l.entered(fn, class, under) {
			continue
		}
		delete(under, fn)
		l.calledFrom(fn, func(fn *ssa.Function) {
			if under[fn] && !queued[fn] {
				queued[fn] = true
				work = append(work, fn)
			}
		})
	}
	return under
}

// calledFrom visits what fn calls, in any context.
func (l *Linked) calledFrom(fn *ssa.Function, visit func(*ssa.Function)) {
	for _, n := range l.threads.nodes[fn] {
		for i := range n.Record.Calls {
			for j := range n.Record.Calls[i].Callees {
				visit(n.Record.Calls[i].Callees[j].Node.Fn)
			}
		}
	}
}

// entered reports whether fn is only called with a lock of the class held, if
// those of under are.
func (l *Linked) entered(fn *ssa.Function, class string, under map[*ssa.Function]bool) bool {
	held := make(map[ssa.Instruction]bool)
	for _, n := range l.threads.nodes[fn] {
		if l.spawned[n.ID] || l.fromOutside(n) {
			return false
		}
		for _, c := range l.callers[n.ID] {
			at := c.call.Instr
			held[at] = held[at] || l.holds(l.p.order[c.node], c.call, class, under)
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
func (l *Linked) holds(n *flow.Node, call *flow.Call, class string, under map[*ssa.Function]bool) bool {
	return l.c.holds(call.Held, class) || !l.names(call.Holes, class) && under[n.Fn]
}
