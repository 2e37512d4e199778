package link

import (
	"sort"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A Hang is a wait under a lock that those who could end the wait need first.
type Hang struct {
	Wait *Witness // the lock is held, the thing waited for is "acquired"
	// Need says how one of those who could end the wait takes the lock before:
	// what it holds is the thing that it has yet to signal.
	Need *Witness
}

// provider is a place that ends a wait.
type provider struct {
	node   *flow.Node
	signal *flow.Signal
}

// Hangs finds the waits that cannot end. A WaitGroup waits for all of its
// goroutines, so one that needs the lock is enough. A channel or a condition
// is served by anybody: all who do must need the lock.
func (l *Linked) Hangs() []Hang {
	providers := make(map[string][]provider)
	for _, n := range l.p.order {
		for i := range n.Record.Signals {
			sig := &n.Record.Signals[i]
			if class, final := l.c.class(sig.Path); final {
				providers[class] = append(providers[class], provider{n, sig})
			}
		}
	}
	var keys []EdgeKey
	for k, e := range l.Edges {
		if len(e.Witnesses) > 0 && e.Witnesses[0].Mode.Signals() {
			keys = append(keys, k)
		}
	}
	sort.Slice(keys, func(i, j int) bool {
		if keys[i].Held != keys[j].Held {
			return keys[i].Held < keys[j].Held
		}
		return keys[i].Acquired < keys[j].Acquired
	})
	var out []Hang
	for _, k := range keys {
		for _, w := range l.Edges[k].Witnesses {
			if need := l.stuck(w, k.Held, providers[k.Acquired]); need != nil {
				out = append(out, Hang{w, need})
				break
			}
		}
	}
	return out
}

// stuck returns how the wait depends on the lock, or nil if it can end.
func (l *Linked) stuck(w *Witness, held string, all []provider) *Witness {
	if w.Held.Fresh {
		return nil
	}
	var first *Witness
	for _, p := range all {
		if !p.signal.Mode.Ends(w.Mode) || p.node.Fn == w.Node.Fn && p.signal.End == nil {
			continue
		}
		if w.Mode != lock.Join && startsAfter(p, w.Node) {
			return nil // it has signalled before the waiter begins
		}
		if w.Mode == lock.Receive && l.p.Buffered(p.signal.Path) && l.holds(p.signal.Held, held) {
			return nil // sent under the lock, without waiting: who holds it knows
		}
		need := l.needs(p, held, w.Held.Mode)
		if need == nil && w.Mode != lock.Join {
			return nil
		}
		if first == nil {
			first = need
		}
	}
	return first
}

func (l *Linked) holds(held []flow.Held, class string) bool {
	for i := range held {
		if l.ClassOf(held[i].Path) == class {
			return true
		}
	}
	return false
}

// startsAfter reports whether the provider starts the waiter as a goroutine
// once it has signalled.
func startsAfter(p provider, waiter *flow.Node) bool {
	for i := range p.node.Record.Spawns {
		sp := &p.node.Record.Spawns[i]
		for _, c := range sp.Callees {
			if c.Node == waiter && p.signal.Instr != nil && comesBefore(p.signal.Instr, sp.Instr) && !comesBefore(sp.Instr, p.signal.Instr) {
				return true
			}
		}
	}
	return false
}

// needs returns how a provider takes the lock before it signals.
func (l *Linked) needs(p provider, class string, held lock.Mode) *Witness {
	q := &need{l: l, class: class, held: held, seen: make(map[*flow.Node]bool)}
	at := &flow.Held{Path: p.signal.Path, Mode: p.signal.Mode, Site: &flow.Site{Fn: p.node.Fn, Instr: p.signal.Instr}}
	if p.signal.End != nil {
		return q.before(p.signal.End, nil, at)
	}
	return q.before(p.node, p.signal.Instr, at)
}

type need struct {
	l     *Linked
	class string
	held  lock.Mode
	seen  map[*flow.Node]bool
}

// before finds an acquisition of the lock in n that may come before at (nil:
// anywhere), or else in all callers of n before they call it.
func (q *need) before(n *flow.Node, at ssa.Instruction, sig *flow.Held) *Witness {
	if q.seen[n] {
		return nil
	}
	q.seen[n] = true
	l := q.l
	for i := range n.Record.Acquires {
		a := &n.Record.Acquires[i]
		class, _ := l.c.class(a.Path)
		if class == q.class && !a.Mode.Signals() && !a.Try && !a.Fresh && q.excludes(a.Mode) && comesBefore(a.Site.Instr, at) {
			return &Witness{Node: n, Held: sig, Class: class, Mode: a.Mode, Acquire: a}
		}
	}
	for i := range n.Record.Calls {
		c := &n.Record.Calls[i]
		if c.Instr == at || !comesBefore(c.Instr, at) {
			continue
		}
		for j := range c.Callees {
			for _, mode := range []lock.Mode{lock.Exclusive, lock.Shared} {
				if q.excludes(mode) && l.c.sums[c.Callees[j].Node.ID].all.has(l.c.atom(q.class, mode)) {
					return &Witness{Node: n, Held: sig, Class: q.class, Mode: mode, Call: c, Callee: j}
				}
			}
		}
	}
	return q.callers(n, sig)
}

// callers asks all who call n. Who starts it as a goroutine does not need the
// lock for it.
func (q *need) callers(n *flow.Node, sig *flow.Held) *Witness {
	l := q.l
	if l.callers == nil {
		l.indexCallers()
	}
	if l.spawned == nil {
		l.indexSpawned()
	}
	if l.spawned[n.ID] || len(l.callers[n.ID]) == 0 {
		return nil
	}
	var first *Witness
	for _, c := range l.callers[n.ID] {
		w := q.before(l.p.order[c.node], c.call.Instr, sig)
		if w == nil {
			return nil
		}
		if first == nil {
			first = w
		}
	}
	return first
}

// excludes reports whether the holder keeps out who asks in the mode.
func (q *need) excludes(mode lock.Mode) bool {
	return q.held.Conflicts(mode) || q.l.Classes[q.class] != nil && q.l.Classes[q.class].Modes[lock.Exclusive]
}

// comesBefore reports whether a may execute before b in their function.
func comesBefore(a, b ssa.Instruction) bool {
	if b == nil {
		return true
	}
	if _, ok := b.(*ssa.Defer); ok { // runs at the end
		return true
	}
	if x, ok := a.(*flow.Far); ok {
		y, ok := b.(*flow.Far)
		return ok && x.Order < y.Order
	}
	if _, ok := b.(*flow.Far); ok {
		return false
	}
	if a.Block() == b.Block() {
		for _, in := range a.Block().Instrs {
			if in == a {
				return true
			}
			if in == b {
				break
			}
		}
	}
	seen := make(map[*ssa.BasicBlock]bool)
	work := append([]*ssa.BasicBlock(nil), a.Block().Succs...)
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if x == b.Block() {
			return true
		}
		if !seen[x] {
			seen[x] = true
			work = append(work, x.Succs...)
		}
	}
	return false
}

// indexSpawned marks the nodes that run as goroutines of their own.
func (l *Linked) indexSpawned() {
	l.spawned = make([]bool, len(l.p.order))
	for _, n := range l.p.order {
		for i := range n.Record.Spawns {
			for _, c := range n.Record.Spawns[i].Callees {
				l.spawned[c.Node.ID] = true
			}
		}
	}
}
