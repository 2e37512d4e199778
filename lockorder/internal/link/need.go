package link

import (
	"go/types"
	"maps"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A provider is a place that ends a wait.
type provider struct {
	node   *flow.Node
	signal *flow.Signal
	path   *lock.Path // of what is signalled, as the last of ups knows it
	ups    []up       // through which it is known what is signalled
}

// An up is the call, or the start as a goroutine, of a node, by which its
// arguments are known.
type up struct {
	node  *flow.Node // the caller
	instr ssa.Instruction
	spawn bool
}

// indexProviders lists who ends waits, by what is waited for. What only a
// caller can name is looked up there.
func (l *Linked) indexProviders() {
	l.providers, l.astray = make(map[any][]provider), maps.Clone(l.p.scan.chans.loose)
	for _, n := range l.p.order {
		for i := range n.Record.Signals {
			sig := &n.Record.Signals[i]
			all := l.climb(n, []*lock.Path{sig.Path}, nil, func(ps []*lock.Path, ups []up) {
				set := l.nameSet(ps[0])
				if l.providers[set] == nil {
					l.provided = append(l.provided, set)
				}
				l.providers[set] = append(l.providers[set], provider{n, sig, ps[0], ups})
			})
			if !all && l.p.names.Latch(sig.Path) != nil {
				l.astray[sig.Path.Obj] = true
			}
		}
		for i := range n.Record.Acquires {
			if a := &n.Record.Acquires[i]; a.Mode.Signals() {
				l.nameSet(a.Path)
			}
		}
	}
}

// nameSet returns the set that what p names belongs to: a set of channels, or
// its class.
func (l *Linked) nameSet(p *lock.Path) any {
	class := l.ClassOf(p)
	set := l.p.chanSet(p)
	if set == nil {
		set = class
	}
	if l.sets == nil {
		l.sets, l.latches, l.elements = make(map[string]any), make(map[string]types.Object), make(map[string]*types.Var)
	}
	if _, ok := l.sets[class]; !ok {
		l.sets[class] = set
		if l.p.names.Latch(p) != nil {
			l.latches[class] = p.Obj
		}
		if p.Kind == lock.Elem && p.Base.Kind == lock.Field {
			l.elements[class] = p.Base.Obj.(*types.Var)
		}
	}
	return set
}

func (l *Linked) setOf(class string) any {
	if set, ok := l.sets[class]; ok {
		return set
	}
	return class
}

// maxClimb bounds the calls through which an argument is followed.
const maxClimb = 4

// climb visits the paths of a node in the terms of the first of its callers
// that can name them all, on every way up. It reports whether it has lost none.
func (l *Linked) climb(n *flow.Node, paths []*lock.Path, ups []up, visit func([]*lock.Path, []up)) bool {
	final := true
	for _, p := range paths {
		_, ok := l.c.class(p)
		final = final && ok
	}
	if final {
		visit(paths, ups)
		return true
	}
	if len(ups) >= maxClimb {
		return false
	}
	// A function value that nobody calls in view is called elsewhere.
	all := len(l.callers[n.ID])+len(l.spawners[n.ID]) > 0 || n.Fn.Parent() == nil && n.Fn.Synthetic == ""
	for _, c := range l.callers[n.ID] {
		all = l.climbTo(l.p.order[c.node], &c.call.Callees[c.callee], c.call.Instr, false, paths, ups, visit) && all
	}
	for _, s := range l.spawners[n.ID] {
		all = l.climbTo(s.node, s.callee, s.instr, true, paths, ups, visit) && all
	}
	return all
}

func (l *Linked) climbTo(n *flow.Node, callee *flow.Callee, at ssa.Instruction, spawn bool, paths []*lock.Path, ups []up, visit func([]*lock.Path, []up)) bool {
	for _, u := range ups {
		if u.node == n {
			return true // recursion
		}
	}
	above := make([]*lock.Path, len(paths))
	for i, p := range paths {
		if _, final := l.c.class(p); final {
			above[i] = p
		} else if above[i] = callee.Env.Subst(&l.p.paths, p).Path; above[i] == nil {
			return false
		}
	}
	return l.climb(n, above, append(ups[:len(ups):len(ups)], up{n, at, spawn}), visit)
}

// needs returns how a provider takes the lock before it signals.
// x is the wait that this is for.
func (l *Linked) needs(p *provider, class string, held lock.Mode, depth int, x waiting) []*Witness {
	q := l.newNeed(class, held, depth)
	q.first, q.holds = x.first, x.holds
	q.sig = owed(p)
	q.rounds = p.signal.Mode == lock.Receive || p.signal.Mode == lock.Send
	if p.signal.End != nil {
		return q.before(p.signal.End, nil, nil)
	}
	switch p.signal.Mode {
	case lock.Done:
		q.begun = l.begun(p)
	case lock.Receive:
		q.begun = l.subscribes(p)
	}
	if q.begun != nil { // what comes before is not waited for
		return q.within(p.node, p.signal.Instr)
	}
	return q.before(p.node, p.signal.Instr, p.ups)
}

type need struct {
	l      *Linked
	class  string
	held   lock.Mode
	atoms  []Atom // the lock in the modes that its holder keeps out
	sig    *flow.Held
	depth  int
	first  ssa.Instruction // the wait that this is for in the end
	holds  *meetings       // if not nil, tells which locks of the class are needed
	rounds bool            // the signal is given again and again
	begun  ssa.Instruction // if not nil, what is needed before it does not count
	// over, if not nil, is all that counts.
	over map[ssa.Instruction]bool
	seen map[*flow.Node]bool
}

func (l *Linked) newNeed(class string, held lock.Mode, depth int) *need {
	q := &need{l: l, class: class, held: held, depth: depth, seen: make(map[*flow.Node]bool)}
	for _, mode := range []lock.Mode{lock.Exclusive, lock.Shared} {
		if q.excludes(mode) {
			q.atoms = append(q.atoms, l.c.atom(class, mode))
		}
	}
	return q
}

// owed is the signal that a provider has yet to give, as what it holds.
func owed(p *provider) *flow.Held {
	return &flow.Held{Path: p.path, Mode: p.signal.Mode, Site: &flow.Site{Fn: p.node.Fn, Instr: p.signal.Instr}}
}

// before finds an acquisition of the lock in n that may come before at (nil:
// anywhere), or else in those who call n before they call it: in the one
// through whom n is known, or in all.
func (q *need) before(n *flow.Node, at ssa.Instruction, ups []up) []*Witness {
	if q.seen[n] {
		return nil
	}
	q.seen[n] = true
	if w := q.within(n, at); w != nil {
		return w
	}
	if len(ups) > 0 {
		u := ups[0]
		if u.spawn {
			return nil
		}
		return q.above(n, u.node, u.instr, ups[1:])
	}
	l := q.l
	if l.spawned[n.ID] || len(l.callers[n.ID]) == 0 {
		return nil // who starts it as a goroutine does not need the lock for it
	}
	var first []*Witness
	for _, c := range l.callers[n.ID] {
		w := q.above(n, l.p.order[c.node], c.call.Instr, nil)
		if w == nil {
			return nil
		}
		if first == nil {
			first = w
		}
	}
	return first
}

// above looks before a call of n, and, where the call is made again and again,
// in n after the signal.
func (q *need) above(n, caller *flow.Node, call ssa.Instruction, ups []up) []*Witness {
	if w := q.before(caller, call, ups); w != nil {
		return w
	}
	if q.rounds && loops(call) {
		return q.within(n, nil)
	}
	return nil
}

// within looks in n alone, and in what it calls: for the need that is nearest,
// which is the easiest to believe.
func (q *need) within(n *flow.Node, at ssa.Instruction) []*Witness {
	l := q.l
	for i := range n.Record.Acquires {
		a := &n.Record.Acquires[i]
		class, _ := l.c.class(a.Path)
		if class == q.class && q.takes(a) && comesBefore(a.Site.Instr, at) && q.counts(a.Site.Instr) && q.holds.takes(n, a.Path, a.Site.Instr) {
			return []*Witness{{Node: n, Held: q.sig, Class: class, Mode: a.Mode, Acquire: a}}
		}
	}
	var nearest *Witness
	for i := range n.Record.Calls {
		c := &n.Record.Calls[i]
		j, mode := q.into(n, c)
		if j < 0 || c.Instr == at && !(q.rounds && loops(at)) || !comesBefore(c.Instr, at) || !q.counts(c.Instr) {
			continue
		}
		w := &Witness{Node: n, Held: q.sig, Class: q.class, Mode: mode, Call: c, Callee: j}
		if nearest == nil || l.cost(w) < l.cost(nearest) {
			nearest = w
		}
	}
	if nearest != nil {
		return []*Witness{nearest}
	}
	return q.waits(n, at)
}

// into returns the first callee of a call that takes the lock, and how; -1 if
// there is none.
func (q *need) into(n *flow.Node, c *flow.Call) (callee int, mode lock.Mode) {
	for j := range c.Callees {
		all := q.l.c.sums[c.Callees[j].Node.ID].all
		for _, a := range q.atoms {
			if all.has(a) && q.holds.reach(n, &c.Callees[j], c.Instr) {
				return j, q.l.c.atoms[a].mode
			}
		}
	}
	return -1, 0
}

// waits looks for a wait in n that must come before, and that the lock keeps
// from ending.
func (q *need) waits(n *flow.Node, at ssa.Instruction) []*Witness {
	if q.depth >= maxTransitive || at == nil {
		return nil
	}
	for i := range n.Record.Acquires {
		a := &n.Record.Acquires[i]
		if !a.Mode.Signals() || !comesBefore(a.Site.Instr, at) || chooses(a.Site.Instr) {
			continue
		}
		if !deferred(at) && (a.Site.Instr == at || a.Site.Instr.Block() == nil || at.Block() == nil || !dominates(a.Site.Instr.Block(), at.Block())) {
			continue
		}
		x := waiting{node: n, class: q.l.ClassOf(a.Path), mode: a.Mode, first: q.first, holds: q.holds}
		if need := q.l.stuck(x, q.class, q.held, q.depth+1); need != nil {
			w := &Witness{Node: n, Held: q.sig, Class: x.class, Mode: a.Mode, Acquire: a}
			return append([]*Witness{w}, need...)
		}
	}
	return nil
}

// counts reports whether an instruction comes after what is waited for began.
func (q *need) counts(in ssa.Instruction) bool {
	if q.over != nil {
		return q.over[in]
	}
	return q.begun == nil || in != q.begun && comesBefore(q.begun, in)
}

// begun returns where the provider's function begins what it finishes, itself
// or by a call, or nil.
func (l *Linked) begun(p *provider) ssa.Instruction {
	set := l.nameSet(p.signal.Path)
	begins := func(n *flow.Node) ssa.Instruction {
		for i := range n.Record.Signals {
			if s := &n.Record.Signals[i]; s.Mode == lock.Begin && l.nameSet(s.Path) == set {
				return s.Instr
			}
		}
		return nil
	}
	if at := begins(p.node); at != nil && comesBefore(at, p.signal.Instr) {
		return at
	}
	for i := range p.node.Record.Calls {
		c := &p.node.Record.Calls[i]
		for j := range c.Callees {
			if c.Instr != p.signal.Instr && comesBefore(c.Instr, p.signal.Instr) && begins(c.Callees[j].Node) != nil {
				return c.Instr
			}
		}
	}
	return nil
}

// takes reports whether an acquisition is one that the holder keeps out.
func (q *need) takes(a *flow.Acquire) bool {
	return !a.Mode.Signals() && !a.Try && !a.Fresh && q.excludes(a.Mode)
}

// excludes reports whether the holder keeps out who asks in the mode.
func (q *need) excludes(mode lock.Mode) bool {
	return q.l.excludes(q.class, q.held, mode)
}

// excludes reports whether who holds a lock of the class keeps out another who
// asks: two readers do not exclude each other, but for a writer who waits.
func (l *Linked) excludes(class string, held, asked lock.Mode) bool {
	c := l.Classes[class]
	return held.Conflicts(asked) || c != nil && c.Modes[lock.Exclusive]
}

// A spawner starts a node as a goroutine.
type spawner struct {
	node   *flow.Node
	callee *flow.Callee
	instr  ssa.Instruction
}

// indexSpawned marks the nodes that run as goroutines of their own, and lists
// who starts them.
func (l *Linked) indexSpawned() {
	l.spawned = make([]bool, len(l.p.order))
	l.spawners = make([][]spawner, len(l.p.order))
	for _, n := range l.p.order {
		if l.p.isFar(n) {
			l.spawned[n.ID] = l.p.far.nodes[n].started
		}
		for i := range n.Record.Spawns {
			sp := &n.Record.Spawns[i]
			for j := range sp.Callees {
				c := &sp.Callees[j]
				l.spawned[c.Node.ID] = true
				l.spawners[c.Node.ID] = append(l.spawners[c.Node.ID], spawner{n, c, sp.Instr})
			}
		}
	}
}
