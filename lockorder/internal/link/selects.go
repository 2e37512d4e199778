package link

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// quits reports whether a case of a select receives from a channel that is
// merely closed, to stop those who serve the other cases: the one who would end
// the wait, at a select of its own, looks at it too. As long as the program
// goes on nobody closes it.
func (l *Linked) quits(c choice, waker *flow.Site) bool {
	if !chooses(waker.Instr) || !l.closes(c) {
		return false
	}
	return slices.ContainsFunc(l.providers[l.setOf(c.class)], func(p provider) bool {
		return p.signal.Mode == lock.Receive && p.signal.Instr == waker.Instr
	})
}

// closes reports whether a case of a select receives from a channel that is
// closed, and to which nobody sends.
func (l *Linked) closes(c choice) bool {
	if c.mode != lock.Receive {
		return false
	}
	closed := false
	for _, p := range l.providers[l.setOf(c.class)] {
		if p.signal.Mode == lock.Send {
			return false
		}
		closed = closed || p.signal.Mode == lock.Close
	}
	return closed
}

// leftBehind reports whether those who serve a case of a select have left it
// for good when they need the lock.
func (l *Linked) leftBehind(c choice, held string, mode lock.Mode, holds *meetings) bool {
	set := l.setOf(c.class)
	served := false
	for i := range l.providers[set] {
		p := &l.providers[set][i]
		if !p.signal.Mode.Ends(c.mode) {
			continue
		}
		if l.needs(p, held, mode, 0, waiting{holds: holds}) == nil && l.leaves(p, set, held, mode, holds) == nil {
			return false
		}
		served = true
	}
	return served
}

// A choice is a case of a select.
type choice struct {
	class string
	mode  lock.Mode
}

// indexSelects lists the cases of the selects that have several.
func (l *Linked) indexSelects() {
	l.selects = make(map[ssa.Instruction][]choice)
	for _, n := range l.p.order {
		for i := range n.Record.Acquires {
			a := &n.Record.Acquires[i]
			if !chooses(a.Site.Instr) {
				continue
			}
			c := choice{l.ClassOf(a.Path), a.Mode}
			if !slices.Contains(l.selects[a.Site.Instr], c) {
				l.selects[a.Site.Instr] = append(l.selects[a.Site.Instr], c)
			}
		}
	}
}

// chooses reports whether an instruction is a select of several cases.
func chooses(in ssa.Instruction) bool {
	switch in := in.(type) {
	case *ssa.Select:
		return len(in.States) > 1
	case *flow.Far:
		return in.Choice
	}
	return false
}

// cancelled reports whether a wait ends, too, when a context is cancelled.
func cancelled(wait ssa.Instruction) bool {
	switch wait := wait.(type) {
	case *ssa.Select:
		return flow.Cancelled(wait)
	case *flow.Far:
		return wait.Cancelled
	}
	return false
}

// warned reports whether the one who needs the lock comes to it only if he has
// found a channel open that the waiter closes before he waits: his closing tells
// the other to go without the lock.
func (l *Linked) warned(w *Witness, need []*Witness) bool {
	at := w.at()
	for i := range w.Node.Record.Signals {
		sig := &w.Node.Record.Signals[i]
		if sig.Mode != lock.Close || !closedBefore(sig.Instr, at) {
			continue
		}
		for _, p := range l.providers[l.nameSet(sig.Path)] {
			open := foundOpen(p.signal.Instr)
			if open == nil {
				continue
			}
			for _, v := range need {
				for _, s := range l.Chain(v) {
					if s.Fn == open.Parent() && open.Dominates(s.Instr.Block()) {
						return true
					}
				}
			}
		}
	}
	return false
}

// at is where the witness's own function waits, takes the lock, or calls who
// does.
func (w *Witness) at() ssa.Instruction {
	if w.Acquire != nil {
		return w.Acquire.Site.Instr
	}
	return w.Call.Instr
}

// foundOpen returns the block that a receive leads to which does not wait and
// finds its channel neither closed nor filled, or nil.
func foundOpen(in ssa.Instruction) *ssa.BasicBlock {
	sel, ok := in.(*ssa.Select)
	if !ok || sel.Blocking || len(sel.States) != 1 || sel.States[0].Dir != types.RecvOnly {
		return nil
	}
	test := flow.CaseTest(sel, 0)
	if test == nil || len(test.Block().Succs[1].Preds) != 1 {
		return nil
	}
	return test.Block().Succs[1]
}
