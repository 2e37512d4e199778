package link

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A tenure is how a goroutine holds a token of a semaphore: what it puts into
// a buffered channel it takes out again, itself, by what it calls or by what
// calls it. A channel that starts full is used the other way round.
type tenure struct {
	node *flow.Node
	end  ssa.Instruction          // gives the token back
	over map[ssa.Instruction]bool // what the node does with the token in hand
}

// maxTenure bounds the calls between who holds a token and who gives it back.
const maxTenure = 3

// tenures returns by whom the tokens of a set of channels are held, if those
// are a semaphore: a token comes back in no other way than by who has it.
// begins is the operation that takes a token.
func (l *Linked) tenures(set any, begins lock.Mode) []tenure {
	k := tenureKey{set, begins}
	if ts, ok := l.held[k]; ok {
		return ts
	}
	if l.held == nil {
		l.held = make(map[tenureKey][]tenure)
	}
	l.held[k] = l.findTenures(set, begins)
	return l.held[k]
}

func (l *Linked) findTenures(set any, begins lock.Mode) []tenure {
	var out []tenure
	ready := begins == lock.Send // or it must be filled first
	for i := range l.providers[set] {
		p := &l.providers[set][i]
		if p.signal.Mode == lock.Close || p.signal.End != nil {
			return nil
		}
		if p.signal.Mode == begins {
			continue
		}
		at := l.tenure(set, begins, p.node, p.signal.Instr, 0)
		if at == nil && begins == lock.Receive && l.makes(p.node, set) {
			ready = true // who makes the channel fills it
			continue
		}
		if at == nil {
			return nil
		}
		out = append(out, at...)
	}
	if !ready {
		return nil
	}
	return out
}

type tenureKey struct {
	set    any
	begins lock.Mode
}

// tenure finds who holds the token that n gives back at an instruction: n, or
// who calls it there. It is nil where the token of another may be given back.
func (l *Linked) tenure(set any, begins lock.Mode, n *flow.Node, at ssa.Instruction, depth int) []tenure {
	if out := l.tenureIn(set, begins, n, at); out != nil {
		return out
	}
	if depth == maxTenure || l.spawned[n.ID] {
		return nil
	}
	var out []tenure
	for _, c := range l.callers[n.ID] {
		above := l.tenure(set, begins, l.p.order[c.node], c.call.Instr, depth+1)
		if above == nil {
			return nil
		}
		out = append(out, above...)
	}
	return out
}

// tenureIn lists where n takes the token that it gives back at an instruction.
func (l *Linked) tenureIn(set any, begins lock.Mode, n *flow.Node, at ssa.Instruction) []tenure {
	takes, gives := l.tokens(set, begins, n)
	var out []tenure
	for _, take := range takes {
		if take == at || take.Block() == nil {
			continue
		}
		over := until(take, gives)
		if over[at] || deferred(at) {
			out = append(out, tenure{n, at, over})
		}
	}
	return out
}

// tokens lists where n takes tokens and gives them back, itself or by a call
// of who does either.
func (l *Linked) tokens(set any, begins lock.Mode, n *flow.Node) (takes []ssa.Instruction, gives map[ssa.Instruction]bool) {
	gives = make(map[ssa.Instruction]bool)
	note := func(n *flow.Node, at ssa.Instruction) (take, give bool) {
		for i := range n.Record.Signals {
			s := &n.Record.Signals[i]
			if l.nameSet(s.Path) != set {
				continue
			}
			here := at
			if here == nil {
				here = s.Instr
			}
			if s.Mode == begins {
				takes, take = append(takes, here), true
			} else {
				gives[here], give = true, true
			}
		}
		return take, give
	}
	note(n, nil)
	for i := range n.Record.Calls {
		c := &n.Record.Calls[i]
		for j := range c.Callees {
			if take, give := note(c.Callees[j].Node, c.Instr); take && give {
				takes = slices.DeleteFunc(takes, func(in ssa.Instruction) bool { return in == c.Instr })
			}
		}
	}
	return takes, gives
}

// until lists the instructions that may execute after one and before any of
// some others, with the first of those. What is deferred among them runs later,
// which is no end.
func until(from ssa.Instruction, ends map[ssa.Instruction]bool) map[ssa.Instruction]bool {
	over := make(map[ssa.Instruction]bool)
	seen := make(map[*ssa.BasicBlock]bool)
	var follow func(b *ssa.BasicBlock, instrs []ssa.Instruction)
	follow = func(b *ssa.BasicBlock, instrs []ssa.Instruction) {
		for _, in := range instrs {
			over[in] = true
			if ends[in] && !deferred(in) {
				return
			}
		}
		for _, next := range b.Succs {
			if !seen[next] {
				seen[next] = true
				follow(next, next.Instrs)
			}
		}
	}
	b := from.Block()
	follow(b, b.Instrs[slices.Index(b.Instrs, from)+1:])
	return over
}

// makes reports whether a channel of the set is made in the node.
func (l *Linked) makes(n *flow.Node, set any) bool {
	chans := l.p.scan.chans
	for _, mk := range chans.made {
		if mk.Parent() == n.Fn && chans.root(mk) == set {
			return true
		}
	}
	return false
}

// givesBack reports whether an operation gives a token back, which never waits.
func (l *Linked) givesBack(x waiting) bool {
	begins := lock.Send
	switch x.mode {
	case lock.Send:
		begins = lock.Receive
	case lock.Receive:
	default:
		return false
	}
	set := l.setOf(x.class)
	return l.p.scan.chans.room[set].buffered && len(l.tenures(set, begins)) > 0
}

// exhausted returns how one who holds a token of a semaphore needs the lock
// before it can give that back: as many goroutines as there are tokens may.
func (l *Linked) exhausted(x waiting, held string, mode lock.Mode, depth int) []*Witness {
	set := l.setOf(x.class)
	room := l.p.scan.chans.room[set]
	if !room.buffered || x.mode != lock.Send && x.mode != lock.Receive {
		return nil
	}
	var self []*Witness
	for _, t := range l.tenures(set, x.mode) {
		if l.makes(t.node, set) {
			continue // each call has its own, and nobody to share it with
		}
		q := l.newNeed(held, mode, depth)
		q.over, q.holds = t.over, x.holds
		for i := range l.providers[set] {
			p := &l.providers[set][i]
			if p.signal.Mode.Ends(x.mode) {
				q.sig = owed(p)
				break
			}
		}
		need := q.within(t.node, t.end)
		switch {
		case need == nil:
		case t.node.Fn != x.node.Fn:
			return need
		case self == nil:
			self = need
		}
	}
	return self
}
