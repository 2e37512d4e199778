package link

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// leaves returns how a receiver that serves in a loop takes the lock once it
// has left that: because another case of its select said so, or because of what
// it received. Who sends then finds nobody. The end of a loop over a channel that
// is closed is no such way: nobody sends any more. Facts do not tell so much of
// the flow of control.
func (l *Linked) leaves(p *provider, set any, held string, mode lock.Mode, holds *meetings) []*Witness {
	if _, far := p.signal.Instr.(*flow.Far); far || p.signal.Mode != lock.Receive || p.signal.End != nil || !loops(p.signal.Instr) {
		return nil
	}
	over := l.left(p, set)
	if len(over) == 0 {
		return nil
	}
	q := l.newNeed(held, mode, maxTransitive)
	q.sig, q.over, q.holds = owed(p), over, holds
	need := q.within(p.node, nil)
	if need != nil {
		need[0].Left = true
	}
	return need
}

// left returns the acquisitions and calls of a function that come after a
// receive, before the next one or without one, and before the channel is
// drained.
func (l *Linked) left(p *provider, set any) map[ssa.Instruction]bool {
	receive, r := p.signal.Instr, p.node.Record
	dry := l.drained(p, set)
	after := make(map[*ssa.BasicBlock]bool)
	returns := false
	work := open(receive.Block(), receive)
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == receive.Block() || after[b] {
			continue
		}
		after[b] = true
		if dry[b] != nil {
			continue
		}
		_, ret := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		returns = returns || ret
		work = append(work, open(b, receive)...)
	}
	over := make(map[ssa.Instruction]bool)
	add := func(in ssa.Instruction) {
		if in == nil || !after[in.Block()] && !(returns && deferred(in)) {
			return
		}
		if d := dry[in.Block()]; d == nil || comesBefore(in, d) {
			over[in] = true
		}
	}
	for i := range r.Acquires {
		add(r.Acquires[i].Site.Instr)
	}
	for i := range r.Calls {
		add(r.Calls[i].Instr)
	}
	return over
}

// open returns the blocks that follow one, but where it finds a channel closed
// from which it has received.
func open(b *ssa.BasicBlock, receive ssa.Instruction) []*ssa.BasicBlock {
	in, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return b.Succs
	}
	open := 0
	cond := in.Cond
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond, open = not.X, 1
	}
	if x, ok := cond.(*ssa.Extract); ok && x.Index == 1 && x.Tuple.(ssa.Instruction) == receive {
		return b.Succs[open : open+1]
	}
	return b.Succs
}

// drained returns where a function that serves a channel takes out what is
// there, by block: there the service goes on, whatever the way.
func (l *Linked) drained(p *provider, set any) map[*ssa.BasicBlock]ssa.Instruction {
	at := make(map[*ssa.BasicBlock]ssa.Instruction)
	for i := range l.providers[set] {
		q := &l.providers[set][i]
		if !polls(q) {
			continue
		}
		if q.node == p.node {
			at[q.signal.Instr.Block()] = q.signal.Instr
		}
		for _, c := range l.callers[q.node.ID] {
			if c.node == p.node.ID {
				at[c.call.Instr.Block()] = c.call.Instr
			}
		}
	}
	return at
}

// polls reports whether a receiver takes only what is there.
func polls(p *provider) bool {
	sel, ok := p.signal.Instr.(*ssa.Select)
	return ok && !sel.Blocking && p.signal.Mode == lock.Receive
}

// drains reports whether a receiver takes only what is there, as a part of a
// function that serves the channel: when that has left, nobody comes to it.
func (l *Linked) drains(p *provider, set any) bool {
	if !polls(p) {
		return false
	}
	if l.serves(p.node.ID, set) {
		return true
	}
	for _, c := range l.callers[p.node.ID] {
		if !l.serves(c.node, set) {
			return false
		}
	}
	return len(l.callers[p.node.ID]) > 0
}

// serves reports whether a node waits for values of a channel in a loop.
func (l *Linked) serves(node int, set any) bool {
	for i := range l.providers[set] {
		q := &l.providers[set][i]
		if q.node.ID == node && q.signal.Mode == lock.Receive && !polls(q) && loops(q.signal.Instr) {
			return true
		}
	}
	return false
}
