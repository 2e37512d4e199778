package link

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A tenure is how a goroutine holds a token of a semaphore: what it puts into
// a buffered channel it takes out again, itself, by what it calls or by what
// calls it. A channel that starts full is used the other way round.
type tenure struct {
	node       *flow.Node
	begin, end ssa.Instruction // between which the node holds the token
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
	if begin := l.takesToken(set, begins, n, at); begin != nil {
		return []tenure{{n, begin, at}}
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

// takesToken returns where n takes a token before an instruction, itself or by
// a call, or nil.
func (l *Linked) takesToken(set any, begins lock.Mode, n *flow.Node, at ssa.Instruction) ssa.Instruction {
	takes := func(n *flow.Node) ssa.Instruction {
		for i := range n.Record.Signals {
			if s := &n.Record.Signals[i]; s.Mode == begins && l.nameSet(s.Path) == set && s.Instr != at {
				return s.Instr
			}
		}
		return nil
	}
	if in := takes(n); in != nil && comesBefore(in, at) {
		return in
	}
	for i := range n.Record.Calls {
		c := &n.Record.Calls[i]
		for j := range c.Callees {
			if c.Instr != at && comesBefore(c.Instr, at) && takes(c.Callees[j].Node) != nil {
				return c.Instr
			}
		}
	}
	return nil
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
		q.begun = t.begin
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
