package link

import (
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/scc"
)

// closure is the state of the second pass.
type closure struct {
	p    *Program
	sums []*summary // by node ID
	sccs [][]*flow.Node

	// above, by node, has the classes (in mode Exclusive, whatever the mode)
	// that some caller up the chain may hold: only of these does it matter
	// which instance is taken below.
	above []set
	// taken, by node, has an entry for each callee of each of its calls.
	taken [][]absorbed
	// sets has each set of released locks once.
	sets  map[string]*released
	list  []*lock.Path // of one that is being made
	key   []byte       // and its key
	spare []event      // that are not yet in use
	// settled are the twins that some caller knows to be one, or in an order.
	settled map[pair]bool

	atoms   []atomKey
	atomOf  map[atomKey]Atom
	classOf [][]classInfo // by path ID: chunks of classChunk
}

// absorbed is how much of a callee's summary its caller has taken in by a call.
type absorbed struct {
	version             int // of the summary; 0 before the first time
	events, open, pairs int // of its lists

	// lowered are the sets of locks that the callee releases, in its caller's
	// terms. They are few.
	lowered []lowered
}

type lowered struct{ holes, to *released }

const classChunk = 1024

type classInfo struct {
	name              string
	known, final      bool
	exclusive, shared Atom // and one, where they are known
}

func (c *closure) class(p *lock.Path) (string, bool) {
	ci := c.info(p)
	return ci.name, ci.final
}

func (c *closure) info(p *lock.Path) *classInfo {
	for p.ID/classChunk >= len(c.classOf) {
		c.classOf = append(c.classOf, nil)
	}
	chunk := &c.classOf[p.ID/classChunk]
	if *chunk == nil {
		*chunk = make([]classInfo, classChunk)
	}
	ci := &(*chunk)[p.ID%classChunk]
	if !ci.known {
		ci.name, ci.final = c.p.names.Class(p)
		ci.known = true
	}
	return ci
}

// atomAt is the atom of a path's class.
func (c *closure) atomAt(p *lock.Path, mode lock.Mode) Atom {
	ci := c.info(p)
	known := &ci.exclusive
	switch mode {
	case lock.Exclusive:
	case lock.Shared:
		known = &ci.shared
	default:
		return c.atom(ci.name, mode)
	}
	if *known == 0 {
		*known = c.atom(ci.name, mode) + 1
	}
	return *known - 1
}

// holds reports whether a lock of the class is among those held.
func (c *closure) holds(held []flow.Held, class string) bool {
	for i := range held {
		if h, _ := c.class(held[i].Path); h == class {
			return true
		}
	}
	return false
}

func (c *closure) atom(class string, mode lock.Mode) Atom {
	k := atomKey{class, mode}
	a, ok := c.atomOf[k]
	if !ok {
		a = Atom(len(c.atoms))
		c.atoms = append(c.atoms, k)
		c.atomOf[k] = a
	}
	return a
}

// close runs the second pass.
func (p *Program) close() *closure {
	c := &closure{
		p: p, sums: make([]*summary, len(p.order)), taken: make([][]absorbed, len(p.order)),
		sets:   make(map[string]*released),
		atomOf: make(map[atomKey]Atom), settled: make(map[pair]bool),
	}
	for i := range c.sums {
		c.sums[i] = &summary{version: 1}
	}
	c.sccs = components(p.order)
	c.heldAbove(c.sccs)
	for _, scc := range c.sccs {
		for changed, round := true, 0; changed && round < 100; round++ {
			changed = false
			for _, n := range scc {
				if c.update(n) {
					changed = true
				}
			}
			if len(scc) == 1 && !callsItself(scc[0]) {
				break
			}
		}
	}
	c.done()
	return c
}

// done lets go of what only the pass itself needs: in a large program as much
// as what it found.
func (c *closure) done() {
	c.above, c.taken, c.spare = nil, nil, nil
	for _, s := range c.sums {
		s.index, s.opened = nil, nil
	}
}

// heldAbove computes above, callers first.
func (c *closure) heldAbove(sccs [][]*flow.Node) {
	c.above = make([]set, len(c.p.order))
	for i := len(sccs) - 1; i >= 0; i-- {
		var in set
		for _, n := range sccs[i] {
			in.union(c.above[n.ID])
		}
		if len(sccs[i]) > 1 || callsItself(sccs[i][0]) {
			for _, n := range sccs[i] {
				for j := range n.Record.Calls {
					in.union(c.heldClasses(n.Record.Calls[j].Held))
				}
			}
		}
		for _, n := range sccs[i] {
			c.above[n.ID].union(in)
		}
		for _, n := range sccs[i] {
			for j := range n.Record.Calls {
				call := &n.Record.Calls[j]
				held := c.heldClasses(call.Held)
				for _, callee := range call.Callees {
					c.above[callee.Node.ID].union(in)
					c.above[callee.Node.ID].union(held)
				}
			}
		}
	}
}

func (c *closure) heldClasses(held []flow.Held) set {
	var s set
	for i := range held {
		s.add(c.atomAt(held[i].Path, lock.Exclusive))
	}
	return s
}

func callsItself(n *flow.Node) bool {
	for i := range n.Record.Calls {
		for _, callee := range n.Record.Calls[i].Callees {
			if callee.Node == n {
				return true
			}
		}
	}
	return false
}

// update adds to n's summary what its own acquisitions and its callees'
// summaries say, and reports whether that was news.
func (c *closure) update(n *flow.Node) bool {
	s := c.sums[n.ID]
	changed := false
	if !s.begun {
		s.begun = true
		changed = c.own(n)
	}
	taken := c.taken[n.ID]
	if taken == nil {
		taken = make([]absorbed, callees(n))
		c.taken[n.ID] = taken
	}
	for i := range n.Record.Calls {
		call := &n.Record.Calls[i]
		for j := range call.Callees {
			at, t := &taken[j], c.sums[call.Callees[j].Node.ID]
			if at.version == t.version && t != s { // s may have changed since
				continue
			}
			at.version = t.version
			holes := c.holePaths(call.Holes)
			if c.through(n, call, j, holes, at) {
				changed = true
			}
			if c.openThrough(n, call, j, at) {
				changed = true
			}
		}
		taken = taken[len(call.Callees):]
	}
	if changed {
		s.version++
	}
	return changed
}

// callees counts the callees of all of n's calls.
func callees(n *flow.Node) int {
	sum := 0
	for i := range n.Record.Calls {
		sum += len(n.Record.Calls[i].Callees)
	}
	return sum
}

// own adds what n itself acquires.
func (c *closure) own(n *flow.Node) bool {
	changed := c.openHere(n)
	for i := range n.Record.Acquires {
		q := &n.Record.Acquires[i]
		if q.Try || q.Fresh && q.Nested {
			continue
		}
		holes := c.holePaths(q.Holes)
		if q.Nested { // no instance: its holder may take it again
			if c.sums[n.ID].addAtom(c.atomAt(q.Path, q.Mode), holes) {
				changed = true
			}
			continue
		}
		if c.emit(n, event{path: q.Path, mode: q.Mode, holes: holes, fresh: q.Fresh, acquire: q, length: 1}) {
			changed = true
		}
	}
	return changed
}

// emit adds an event in the node's own terms.
func (c *closure) emit(n *flow.Node, e event) bool {
	s := c.sums[n.ID]
	_, final := c.class(e.path)
	changed := false
	outward := c.outward(e.path, e.place())
	if !e.fresh && (final || outward == nil) {
		changed = s.addAtom(c.atomAt(e.path, e.mode), e.holes)
	}
	if outward == nil || final && !c.heldAt(n, e.path) {
		return changed
	}
	e.path = outward
	return c.addEvent(s, e) || changed
}

// heldAt reports whether some caller up the chain may hold a lock of p's class.
func (c *closure) heldAt(n *flow.Node, p *lock.Path) bool {
	return c.above[n.ID].has(c.atomAt(p, lock.Exclusive))
}

// outward returns the path under which a caller may know the lock that is taken
// at a place (nil: nobody asks where), or nil.
func (c *closure) outward(p *lock.Path, at ssa.Instruction) *lock.Path {
	if p.Depth() > maxEventDepth {
		return nil
	}
	switch p.Root().Kind {
	case lock.Param, lock.Free, lock.Global:
	case lock.Local:
		if !flow.Shared(p) {
			return nil
		}
	case lock.Pseudo:
	default:
		return nil
	}
	if p.Keyed() && p.Root().Kind != lock.Local {
		return flow.Every(&c.p.paths, p, at)
	}
	return p
}

// place is where, in its node, an event happens.
func (e *event) place() ssa.Instruction {
	if e.acquire != nil {
		return e.acquire.Site.Instr
	}
	return e.call.Instr
}

// through adds what a call of one callee does. holes are released at the call.
func (c *closure) through(n *flow.Node, call *flow.Call, j int, holes *released, at *absorbed) bool {
	s := c.sums[n.ID]
	callee := &call.Callees[j]
	t := c.sums[callee.Node.ID]
	changed := false
	if holes == nil {
		if s != t && s.all.union(t.all) {
			changed = true
		}
	} else if s.group(holes).union(t.all) {
		changed = true
	}
	for i := range t.groups {
		g := &t.groups[i]
		full := len(s.groups) >= maxGroups && s != t
		if full && g.atoms.within(s.all) {
			continue // whatever the locks are here
		}
		lowered := c.lowerHoles(at, call, j, g.holes, holes)
		if lowered == nil {
			if s.all.union(g.atoms) {
				changed = true
			}
		} else if !full {
			if s.group(lowered).union(g.atoms) {
				changed = true
			}
		}
	}
	for ; at.events < len(t.events); at.events++ {
		if c.event(n, call, j, at, t.events[at.events], holes) {
			changed = true
		}
	}
	return changed
}

// event adds an event of a callee.
func (c *closure) event(n *flow.Node, call *flow.Call, j int, at *absorbed, e *event, holes *released) bool {
	s := c.sums[n.ID]
	callee := &call.Callees[j]
	_, final := c.class(e.path)
	if final && e.holes == nil && holes == nil {
		// The class is the same here, and is in with the others of the callee.
		if !c.heldAt(n, e.path) {
			return false
		}
		if s.full() {
			c.p.Bounded["events"]++
			return false
		}
	}
	if v := callee.Env.Subst(&c.p.paths, e.path); v.Path != nil && flow.Knows(n.Fn, v.Path) {
		path, mode := v.Path, e.mode
		if path.Kind == lock.View {
			path, mode = path.Base, lock.Shared
		}
		return c.emit(n, event{path: path, mode: mode, holes: c.lowerHoles(at, call, j, e.holes, holes), fresh: e.fresh, call: call, callee: j, inner: e, length: e.length + 1})
	}
	if final || e.fresh {
		return false
	}
	// The caller does not know it either: it keeps the name it has.
	return s.addAtom(c.atomAt(e.path, e.mode), c.lowerHoles(at, call, j, e.holes, holes))
}

// components returns the strongly connected components of the node graph,
// callees first.
func components(nodes []*flow.Node) [][]*flow.Node {
	var out [][]*flow.Node
	for _, c := range scc.Components(len(nodes), func(v int, visit func(int)) {
		for i := range nodes[v].Record.Calls {
			for _, callee := range nodes[v].Record.Calls[i].Callees {
				visit(callee.Node.ID)
			}
		}
	}) {
		ns := make([]*flow.Node, len(c))
		for i, v := range c {
			ns[i] = nodes[v]
		}
		out = append(out, ns)
	}
	return out
}
