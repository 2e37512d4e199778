package link

import (
	"cmp"
	"go/types"
	"maps"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/beside"
	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// Linked is the result of linking: every lock class, every edge with its
// witnesses, and every lock taken again by its holder.
type Linked struct {
	c *closure
	p *Program

	Classes map[string]*Class
	Edges   map[EdgeKey]*Edge
	Relocks []*Witness

	initial   []bool // by node: only package initialisers run it, before anything else
	threads   *threads
	must      []map[Atom]bool // by node: held at entry on every way in
	next      map[Atom][]hop
	nextOrder []Atom // of next, oldest first
	writers   map[*flow.Site]bool
	taken     [][]taken      // by node
	takers    map[Atom][]int // nodes, by ID
	callers   [][]caller     // by node
	held      map[tenureKey][]tenure
	calls     []calling               // by hop
	spawned   []bool                  // by node
	spawners  [][]spawner             // by node
	providers map[any][]provider      // by what is waited for
	provided  []any                   // the keys of providers, in a fixed order
	sets      map[string]any          // likewise, by class
	latches   map[string]types.Object // the channels of those classes that are named by who holds a latch
	leave     map[string][]provider   // by class, where those who receive outside of the view have had enough
	elements  map[string]*types.Var   // the fields of those whose channels are the elements of a container in one
	astray    map[types.Object]bool   // of such channels, those that are closed where nobody knows of which latch
	selects   map[ssa.Instruction][]choice
	owned     map[choice]map[*flow.Node]bool // see indexOwn
	owns      map[start]*own
	ownWays   *ownWays // of the choice that was asked about last
	answers   map[question][]*Witness
	made      map[subscription]bool             // see subscribes
	leaked    map[ssa.Instruction]bool          // acquisitions that a leak is told of
	given     map[string]bool                   // classes that change hands
	under     map[string]map[*ssa.Function]bool // by class: see Under
	supposed  map[string][]CallKey              // by class
	asked     map[string]map[int]int            // by class: a number for each node that Survives may be asked about
	survivals map[Atom]*survival
	into      map[string][]*Witness // by class, those by a call
	passes    map[Atom][]passed
	written   map[string][]writing   // by class
	mayBeOne  map[[2]EdgeKey]bool    // see MayMeet
	meetings  map[EdgeKey]*meetings  // by the edge that holds
	met       map[string][]*meetings // by class
	over      map[string][]over      // by class
	namings   map[naming][]*lock.Path
	without   map[keeping]*unkept
	looked    int                  // calls, for without
	likely    []CallKey            // that Survives will be asked about
	told      bool                 // it has been asked about some of them
	orders    map[string][]EdgeKey // by class: the edges from locks to it
	wanting   map[wanting][]*Witness
}

// A Class is a lock class and the places that take it.
type Class struct {
	Name  string
	Sites []*flow.Site
	Modes [16]bool // in which it is taken somewhere
	// One: every use is of one and the same instance.
	One bool
}

// An EdgeKey names an edge by the names of its locks.
type EdgeKey struct{ Held, Acquired string }

// Compare orders edges by the lock held, then by the one acquired.
func (k EdgeKey) Compare(o EdgeKey) int {
	return cmp.Or(strings.Compare(k.Held, o.Held), strings.Compare(k.Acquired, o.Acquired))
}

// An Edge is one class taken while another is held.
type Edge struct {
	EdgeKey
	Witnesses []*Witness
	Count     int

	kinds map[witnessKind]int
}

// A Witness is one place that makes an edge: in Node, Held is held, and
// Acquire or the call of a callee takes Class in Mode.
type Witness struct {
	Node  *flow.Node
	Held  *flow.Held
	Class string
	Mode  lock.Mode

	Acquire *flow.Acquire
	Call    *flow.Call
	Callee  int
	event   *event     // the chain, where it is known
	Same    bool       // the same instance as Held
	Path    *lock.Path // the lock acquired, in the node's terms, where it is known
	named   *lock.Path // what the lock acquired is named by, in the node's terms, if not by Path

	Gates []Gate
	Left  bool // of a need: its function serves the wait no more when it takes the lock
	Gone  bool // of a need: who serves the wait is not in view, and calls its function when he has had enough

	situation int32
	open      *openEdge
	chain     []Step
}

// A Gate is a lock held over both of a witness.
type Gate struct {
	Class string
	Mode  lock.Mode
}

// keep bounds the witnesses of an edge that are alike in what refutes them.
const keep = 4

// manyWitnesses of an edge are enough: of more, those in different situations
// are alike.
const manyWitnesses = 64

// Link runs the second and third pass.
func (p *Program) Link() *Linked {
	l := &Linked{
		p:       p,
		Classes: make(map[string]*Class),
		Edges:   make(map[EdgeKey]*Edge),
	}
	threads := beside.Begin(l.whoRuns)
	l.c = p.close()
	l.sites()
	l.indexGiven()
	l.leaked = make(map[ssa.Instruction]bool)
	if p.far != nil {
		maps.Copy(l.leaked, p.far.leaked)
	}
	for _, k := range l.Leaks() {
		l.leaked[k.Held.Site.Instr] = true // what comes of it is told there
	}
	l.mustHold()
	threads()
	for _, n := range p.order {
		if !l.initial[n.ID] {
			l.node(n)
			l.closed(n)
			l.started(n)
		}
	}
	l.dropNested()
	return l
}

// whoRuns finds out who calls and who runs each node. It asks for no lock:
// paths, names and the closure are for others, beside it.
func (l *Linked) whoRuns() {
	l.indexCallers()
	l.indexSpawned()
	l.findThreads()
	l.findInitial()
}

// sites lists where each class is taken.
func (l *Linked) sites() {
	if l.p.far != nil {
		for name, c := range l.p.far.classes {
			l.Classes[name] = c
		}
	}
	for _, n := range l.p.order {
		for i := range n.Record.Acquires {
			q := &n.Record.Acquires[i]
			name, final := l.c.class(q.Path)
			if !final && !q.Path.IsSelector() {
				continue
			}
			c := l.Classes[name]
			if c == nil {
				c = &Class{Name: name, One: true}
				l.Classes[name] = c
			}
			c.Modes[q.Mode] = true
			if q.Path.Root().Kind != lock.Global || !q.Path.Exact() {
				c.One = false
			}
			dup := false
			for _, s := range c.Sites {
				dup = dup || s.Instr == q.Site.Instr
			}
			if !dup {
				c.Sites = append(c.Sites, q.Site)
			}
		}
	}
}

// node emits the edges of one node.
func (l *Linked) node(n *flow.Node) {
	for i := range n.Record.Acquires {
		q := &n.Record.Acquires[i]
		if q.Try {
			continue
		}
		class, _ := l.c.class(q.Path)
		for j := range q.Held {
			h := &q.Held[j]
			if q.Fresh && !flow.SameLock(h.Path, q.Path) {
				continue
			}
			over := &gates{held: q.Held, released: q.Holes}
			if l.c.open(h.Path) && !h.Path.IsSelector() && l.p.called(n) || l.c.open(q.Path) && !q.Path.IsSelector() && l.p.called(n) {
				continue // its callers know it
			}
			if q.Nested && flow.SameLock(h.Path, q.Path) || l.handedOver(h) {
				continue
			}
			l.edge(Witness{Node: n, Held: h, Class: class, Mode: q.Mode, Acquire: q, Path: q.Path, Same: l.same(n, h, q.Path, q.Site.Instr)}, over)
		}
	}
	for i := range n.Record.Calls {
		call := &n.Record.Calls[i]
		if len(call.Held) == 0 {
			continue
		}
		for j := range call.Callees {
			for k := range call.Held {
				if l.handedOver(&call.Held[k]) {
					continue
				}
				l.call(n, call, j, &call.Held[k])
			}
		}
	}
}

// call emits the edges from one held lock into one callee.
func (l *Linked) call(n *flow.Node, call *flow.Call, j int, h *flow.Held) {
	callee := &call.Callees[j]
	t := l.c.sums[callee.Node.ID]
	held, _ := l.c.class(h.Path)
	over := &gates{held: call.Held, released: call.Holes}
	emit := func(a Atom) {
		k := l.c.atoms[a]
		if k.class == held {
			return // by instance, below
		}
		l.edge(Witness{Node: n, Held: h, Class: k.class, Mode: k.mode, Call: call, Callee: j}, over)
	}
	// What the callee takes once it has released h, it is taken to take only
	// then: where the walk could not see the release, one condition decides both.
	// Not so where it takes it itself, in a place that it never comes to after
	// the release.
	var later set
	for i := range t.groups {
		if l.released(callee, t.groups[i].holes, h) {
			later.union(t.groups[i].atoms)
		}
	}
	if len(later) > 0 {
		l.takesBefore(callee, h, later)
	}
	sooner := func(a Atom) {
		if !later.has(a) {
			emit(a)
		}
	}
	t.all.each(sooner)
	for i := range t.groups {
		g := &t.groups[i]
		if !l.released(callee, g.holes, h) {
			g.atoms.each(sooner)
		}
	}
	for _, e := range t.events {
		if l.released(callee, e.holes, h) {
			continue
		}
		v := callee.Env.Subst(&l.p.paths, e.path)
		if v.Path == nil || !flow.Knows(n.Fn, v.Path) {
			if class, final := l.c.class(e.path); !final && class != held && !e.fresh {
				l.edge(Witness{Node: n, Held: h, Class: class, Mode: e.mode, Call: call, Callee: j, event: e}, over)
			}
			continue
		}
		path, mode := v.Path, e.mode
		if path.Kind == lock.View {
			path, mode = path.Base, lock.Shared
		}
		class, _ := l.c.class(path)
		_, early := l.c.class(e.path)
		switch {
		case e.fresh && !flow.SameLock(h.Path, path):
		case class == held && l.alsoReleased(callee, t, e, h):
			// The callee takes the lock once it has released it, and also
			// where the walk could not see that it did: one condition
			// decides both.
		case class == held:
			l.edge(Witness{Node: n, Held: h, Class: class, Mode: mode, Call: call, Callee: j, event: e, Path: path, Same: l.same(n, h, path, call.Instr)}, over)
		case !early:
			l.edge(Witness{Node: n, Held: h, Class: class, Mode: mode, Call: call, Callee: j, event: e, named: path}, over)
		}
	}
}

// same reports whether a lock that is taken at a place is that which is held: a
// loop over all elements comes to the one whose lock that is.
func (l *Linked) same(n *flow.Node, h *flow.Held, p *lock.Path, at ssa.Instruction) bool {
	return flow.SameLock(h.Path, p) || l.orEvery(p, at, func(p *lock.Path) bool {
		return lock.Covers(h.Path, p) || l.among(n, h.Path, p)
	})
}

// orEvery reports whether something holds of a lock that is taken at a place, or
// of that of every element that a loop comes to there.
func (l *Linked) orEvery(p *lock.Path, at ssa.Instruction, holds func(*lock.Path) bool) bool {
	if holds(p) {
		return true
	}
	all := flow.Every(&l.p.paths, p, at)
	return all != nil && holds(all)
}

// takesBefore takes out of later what the callee takes itself in a place where
// it has not released h on any way.
func (l *Linked) takesBefore(callee *flow.Callee, h *flow.Held, later set) {
	acquires := callee.Node.Record.Acquires
	after := make(map[ssa.Instruction]bool)
	for i := range acquires {
		if l.released(callee, l.c.holePaths(acquires[i].Holes), h) {
			after[acquires[i].Site.Instr] = true
		}
	}
	for i := range acquires {
		q := &acquires[i]
		if class, final := l.c.class(q.Path); final && !q.Try && !q.Fresh && !after[q.Site.Instr] {
			later.remove(l.c.atom(class, q.Mode))
		}
	}
}

// alsoReleased reports whether the callee, on another way, takes the lock of
// e only after it has released h.
func (l *Linked) alsoReleased(callee *flow.Callee, t *summary, e *event, h *flow.Held) bool {
	for _, o := range t.events {
		if o != e && o.path == e.path && l.released(callee, o.holes, h) {
			return true
		}
	}
	return false
}

// released reports whether the callee has released h when it takes a lock.
func (l *Linked) released(callee *flow.Callee, holes *released, h *flow.Held) bool {
	if holes == nil {
		return false
	}
	hc, _ := l.c.class(h.Path)
	for _, hole := range holes.paths {
		v := callee.Env.Subst(&l.p.paths, hole)
		if v.Path == h.Path {
			return true
		}
		if v.Path == nil {
			v.Path = hole
		}
		// An instance that cannot be told from h is taken to be h.
		if c, _ := l.c.class(v.Path); c == hc && (!v.Path.Exact() || !h.Path.Exact() || v.Path.Root().Kind == lock.Local || h.Path.Root().Kind == lock.Local) {
			return true
		}
	}
	return false
}

// edge adds a witness, unless the edge has enough of its kind.
func (l *Linked) edge(w Witness, over *gates) {
	if w.Held.Fresh && !w.Same {
		return
	}
	from, _ := l.c.class(w.Held.Path)
	if l.p.noEdges[EdgeKey{from, w.Class}] {
		return
	}
	if from == w.Class {
		if w.Same {
			kept := w
			kept.Gates, _ = l.gates(&w, over)
			kept.situation = l.situation(&w)
			l.Relocks = append(l.Relocks, &kept)
			return
		}
		if w.Mode.Signals() {
			return
		}
	}
	k := EdgeKey{l.HeldName(&w), l.Name(&w)}
	e := l.Edges[k]
	if e == nil {
		e = &Edge{EdgeKey: k, kinds: make(map[witnessKind]int)}
		l.Edges[k] = e
	}
	e.Count++
	w.situation = l.situation(&w)
	kind := witnessKind{held: w.Held.Mode, mode: w.Mode, one: l.oneObject(&w)}
	if from == w.Class {
		kind.step, _ = stepOf(&w)
	}
	if len(e.Witnesses) < manyWitnesses {
		kind.situation = w.situation
	}
	w.Gates, kind.gates = l.gates(&w, over)
	if e.kinds[kind] >= keep {
		return
	}
	e.kinds[kind]++
	kept := w
	e.Witnesses = append(e.Witnesses, &kept)
}

// A witnessKind groups witnesses that the same arguments refute.
type witnessKind struct {
	held, mode lock.Mode
	gates      string
	step       step // of one class
	situation  int32
	one        bool // see oneObject
}

// dropNested drops the witnesses that take, under another lock, one that every
// way to them holds already, where a relock tells of that: whoever is there
// needs no second goroutine to hang.
func (l *Linked) dropNested() {
	relocked := make(map[ssa.Instruction]bool)
	for _, w := range l.Relocks {
		steps := l.Chain(w)
		relocked[steps[len(steps)-1].Instr] = true
	}
	if len(relocked) == 0 {
		return
	}
	for _, e := range l.Edges {
		keep := e.Witnesses[:0]
		for _, w := range e.Witnesses {
			nested := false
			for a := range l.must[w.Node.ID] {
				nested = nested || l.c.atoms[a].class == w.Class
			}
			if nested {
				steps := l.Chain(w)
				nested = relocked[steps[len(steps)-1].Instr]
			}
			if !nested {
				keep = append(keep, w)
			}
		}
		e.Witnesses = keep
	}
}

// Writes reports whether some acquisition at the site is exclusive.
func (l *Linked) Writes(s *flow.Site) bool {
	if l.writers == nil {
		l.writers = make(map[*flow.Site]bool)
		for _, n := range l.p.order {
			for i := range n.Record.Acquires {
				if q := &n.Record.Acquires[i]; q.Mode == lock.Exclusive {
					l.writers[q.Site] = true
				}
			}
		}
	}
	return l.writers[s]
}
