package link

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A Hang is a wait under a lock that those who could end the wait need first.
type Hang struct {
	Wait *Witness // the lock is held, the thing waited for is "acquired"
	// Also are the other things waited for, by a select of several cases.
	Also []string
	// Need says how one of those who could end the wait comes to need the
	// lock before: what each holds is the thing that it has yet to signal. The
	// last takes the lock; one before it waits for the next.
	Need []*Witness
	// Lost: the wait does not test what it waits for, so that a signal given
	// before it is lost, and Need is merely who needs the lock.
	Lost bool
	// Gone, if not nil, is the need of one who serves the wait outside of the
	// view: what he calls when he has had enough.
	Gone *Witness
	// Quits are the channels whose closing ends the wait, which is how those
	// who could end it otherwise are told to stop; Cancelled: a context does.
	Quits     []string
	Cancelled bool
}

// A waiting is a wait that is asked about.
type waiting struct {
	node  *flow.Node // that holds the lock
	class string
	mode  lock.Mode
	first ssa.Instruction // of a wait of waits, the first wait
	own   *own            // where what is waited for is made, if that is known
	holds *meetings       // of the lock held, if it is known in which objects it is
	under *Witness        // of what is waited for under the lock itself
}

// Hangs finds the waits that cannot end. A WaitGroup waits for all of its
// goroutines, so one that needs the lock is enough. A channel or a condition
// is served by anybody: all who do must need the lock. Of a select's cases
// all must be so.
func (l *Linked) Hangs() []Hang {
	l.indexWaits()
	l.indexOwn()
	var keys []EdgeKey
	for k, e := range l.Edges {
		if len(e.Witnesses) > 0 && e.Witnesses[0].Mode.Signals() {
			keys = append(keys, k)
		}
	}
	// By what is waited for, in which order ownOf is quick, then by lock.
	slices.SortFunc(keys, func(j, k EdgeKey) int {
		return cmp.Or(cmp.Compare(j.Acquired, k.Acquired), cmp.Compare(j.Held, k.Held))
	})
	likely := make(map[EdgeKey][]*Witness)
	for _, k := range keys {
		for _, w := range l.Edges[k].Witnesses {
			if l.mayHang(w, k.Held) {
				likely[k] = append(likely[k], w)
			}
		}
	}
	slices.SortFunc(keys, EdgeKey.Compare)
	type selecting struct {
		at   ssa.Instruction
		held string
	}
	seen := make(map[selecting]bool)
	var out []Hang
	for _, k := range keys {
		ws := likely[k]
		slices.SortStableFunc(ws, func(v, w *Witness) int { return cmp.Compare(l.cost(v), l.cost(w)) })
		for _, w := range ws {
			h, at := l.hang(w, k.Held)
			if h == nil || len(h.Also)+len(h.Quits) > 0 && seen[selecting{at, k.Held}] {
				continue
			}
			seen[selecting{at, k.Held}] = true
			out = append(out, *h)
			break
		}
	}
	return out
}

// indexWaits looks, once, at all that ends waits and at all selects.
func (l *Linked) indexWaits() {
	if l.providers == nil {
		l.indexProviders()
		l.indexSelects()
	}
}

// mayHang reports whether it is worth while to judge a wait.
func (l *Linked) mayHang(w *Witness, held string) bool {
	return !w.Held.Fresh && (w.Mode == lock.Await || l.stuck(l.waitingAt(w), held, w.Held.Mode, 0) != nil)
}

func (l *Linked) waitingAt(w *Witness) waiting {
	return waiting{node: w.Node, class: w.Class, mode: w.Mode, first: l.end(w), own: l.ownOf(w), under: w}
}

// hang judges a wait, and returns where it waits.
func (l *Linked) hang(w *Witness, held string) (*Hang, ssa.Instruction) {
	x := l.waitingAt(w)
	at := x.first
	need := l.stuck(x, held, w.Held.Mode, 0)
	if need != nil {
		if x.holds = l.heldBy(l.Edges[EdgeKey{held, l.Name(w)}]); x.holds != nil {
			need = l.stuck(x, held, w.Held.Mode, 0)
		}
	}
	if need != nil {
		if l.warned(w, need) {
			return nil, nil
		}
		h := &Hang{Wait: w, Need: need}
		h.notes(need)
		for _, c := range l.selects[at] {
			if c.class == w.Class && c.mode == w.Mode {
				continue
			}
			if l.quits(c, need[0].Held.Site) {
				h.Quits = append(h.Quits, c.class)
				continue
			}
			x.class, x.mode, x.own = c.class, c.mode, nil
			need := l.stuck(x, held, w.Held.Mode, 0)
			if need == nil && !l.leftBehind(c, held, w.Held.Mode, x.holds) {
				return nil, nil
			}
			h.notes(need)
			h.Also = append(h.Also, c.class)
		}
		h.Cancelled = cancelled(at)
		return h, at
	}
	if w.Mode == lock.Await {
		if need := l.lost(w, held); need != nil {
			return &Hang{Wait: w, Need: []*Witness{need}, Lost: true}, nil
		}
	}
	return nil, nil
}

// notes takes in who serves a case of the wait outside of the view.
func (h *Hang) notes(need []*Witness) {
	if len(need) > 0 && need[0].Gone {
		h.Gone = need[0]
	}
}

// maxTransitive bounds the waits of waits.
const maxTransitive = 2

// stuck returns how the end of a wait depends on the lock, or nil if it can
// come.
func (l *Linked) stuck(x waiting, held string, mode lock.Mode, depth int) []*Witness {
	k := question{x, held, mode, depth}
	need, asked := l.answers[k]
	if !asked {
		if need = l.isStuck(x, held, mode, depth); need == nil && depth == 0 {
			need = l.gone(x, held, mode)
		}
		if l.answers == nil {
			l.answers = make(map[question][]*Witness)
		}
		l.answers[k] = need
	}
	return need
}

// A question is one that stuck has been asked: those who could end a wait may
// wait first themselves, again and again for the same.
type question struct {
	waiting
	held     string
	heldMode lock.Mode
	depth    int
}

func (l *Linked) isStuck(x waiting, held string, mode lock.Mode, depth int) []*Witness {
	set := l.setOf(x.class)
	room := l.p.scan.chans.room[set]
	if l.givesBack(x) || l.astray[l.latches[x.class]] {
		return nil
	}
	if need := l.exhausted(x, held, mode, depth); need != nil {
		return need
	}
	var first, self []*Witness
	// Or it is served by whom nobody has seen: so are the elements of a
	// container, which others have from where they were made.
	_, untold := set.(string)
	served := !untold && !l.p.scan.chans.escaped[set]
	for i := range l.providers[set] {
		p := &l.providers[set][i]
		if l.elsewhere(x.own, p) {
			continue
		}
		own := p.node.Fn == x.node.Fn && p.signal.End == nil
		ends := p.signal.Mode.Ends(x.mode)
		// A close is no end of a send, but who would close has stopped too.
		if !ends && !(x.mode == lock.Send && p.signal.Mode == lock.Close) || own && (x.mode == lock.Join || x.mode == lock.Await) {
			continue
		}
		if x.mode == lock.Send && l.drains(p, set) {
			continue
		}
		if x.mode != lock.Join && startsAfter(p, x.node) {
			return nil // it has signalled before the waiter begins
		}
		if x.mode == lock.Receive && room.buffered && l.c.holds(p.signal.Held, held) {
			return nil // sent under the lock, without waiting: who holds it knows
		}
		if depth > 0 && x.mode == lock.Receive && p.signal.Mode == lock.Close && closedBefore(p.signal.Instr, x.first) {
			return nil // by him who waits first, before he does
		}
		if depth > 0 && l.givenBy(p, held) {
			return nil // by the holder himself, before he waits
		}
		need := l.needs(p, held, mode, depth, x)
		if need == nil && x.mode == lock.Send && !own && depth == 0 && len(l.selects[x.first]) == 0 {
			need = l.leaves(p, set, held, mode, x.holds)
		}
		if need == nil && depth == 0 {
			need = l.through(x, p, held, mode)
		}
		switch {
		case !ends && (need == nil || room.buffered):
			continue // a buffer that nobody empties has room for what is sent before the end
		case need == nil && (own || x.mode == lock.Join):
			continue
		case need == nil:
			return nil
		case ends && x.mode == lock.Send && room.buffered && !l.fills(p, set, room):
			return nil
		}
		served = served || ends
		if own {
			self = need
		} else if first == nil {
			first = need
		}
	}
	switch {
	case !served:
		return nil
	case first == nil:
		return self
	}
	return first
}

// fills reports whether the buffer of a channel may be full when somebody
// sends: the receiver serves for ever, one value after another, and is not done
// with the first, or the channel is a token, which its holder puts in and takes
// out.
func (l *Linked) fills(p *provider, set any, r room) bool {
	if r.sized || p.signal.Mode != lock.Receive {
		return false
	}
	if r.token && !l.makes(p.node, set) {
		for _, q := range l.providers[set] {
			if q.node == p.node && q.signal.Mode == lock.Send && comesBefore(q.signal.Instr, p.signal.Instr) {
				return true
			}
		}
	}
	return loops(p.signal.Instr) && (!p.signal.Once || l.calledInLoop(p.node))
}

// calledInLoop reports whether somebody calls the node again and again.
func (l *Linked) calledInLoop(n *flow.Node) bool {
	return slices.ContainsFunc(l.callers[n.ID], func(c caller) bool { return loops(c.call.Instr) })
}

// lost returns who needs the lock under which a condition is waited for
// untested, while those who signal it do so without the condition's lock.
func (l *Linked) lost(w *Witness, held string) *Witness {
	at := l.end(w)
	if at.Block() == nil || loops(at) {
		return nil
	}
	set := l.setOf(w.Class)
	any := false
	for _, p := range l.providers[set] {
		if p.signal.Mode != lock.Notify {
			continue
		}
		if len(p.signal.Held) > 0 {
			return nil
		}
		any = true
	}
	if !any {
		return nil
	}
	q := &need{l: l, class: held, held: w.Held.Mode}
	for _, n := range l.p.order {
		if n == w.Node {
			continue
		}
		for i := range n.Record.Acquires {
			a := &n.Record.Acquires[i]
			if class, _ := l.c.class(a.Path); class == held && a.Mode == lock.Exclusive && q.takes(a) {
				return &Witness{Node: n, Held: &flow.Held{Path: a.Path, Mode: a.Mode, Site: a.Site}, Class: class, Mode: a.Mode, Acquire: a}
			}
		}
	}
	return nil
}

// givenBy reports whether a signal is given by one who holds the lock.
func (l *Linked) givenBy(p *provider, held string) bool {
	if l.c.holds(p.signal.Held, held) {
		return true
	}
	under := func(n *flow.Node) bool {
		return slices.ContainsFunc(l.callers[n.ID], func(c caller) bool { return l.c.holds(c.call.Held, held) })
	}
	return under(p.node) || slices.ContainsFunc(p.ups, func(u up) bool { return !u.spawn && under(u.node) })
}

// startsAfter reports whether the provider starts the waiter as a goroutine
// once it has signalled.
func startsAfter(p *provider, waiter *flow.Node) bool {
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
