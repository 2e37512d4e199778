package link

import (
	"math/bits"
	"sort"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/scc"
)

// An Atom is a lock class in a mode, numbered densely.
type Atom int32

type atomKey struct {
	class string
	mode  lock.Mode
}

// A set is a set of atoms.
type set []uint64

func (s set) has(a Atom) bool {
	w := int(a) / 64
	return w < len(s) && s[w]&(1<<(uint(a)%64)) != 0
}

func (s *set) add(a Atom) bool {
	w := int(a) / 64
	for len(*s) <= w {
		*s = append(*s, 0)
	}
	old := (*s)[w]
	(*s)[w] |= 1 << (uint(a) % 64)
	return (*s)[w] != old
}

func (s *set) union(t set) bool {
	for len(*s) < len(t) {
		*s = append(*s, 0)
	}
	changed := false
	for i, w := range t {
		if old := (*s)[i]; old|w != old {
			(*s)[i] = old | w
			changed = true
		}
	}
	return changed
}

func (s set) each(f func(Atom)) {
	for i, w := range s {
		for w != 0 {
			f(Atom(i*64 + bits.TrailingZeros64(w)))
			w &= w - 1
		}
	}
}

// A summary is all that a node acquires, itself and through its callees.
type summary struct {
	all    set     // classes taken with no lock of the caller released
	groups []group // classes taken while locks of the caller are released
	events []*event
	index  map[eventKey]bool
	open   []*openEdge
	opened map[openKey]bool
}

type group struct {
	holes []*lock.Path // sorted by ID
	atoms set
}

// An event is the acquisition of a lock that the caller can name.
type event struct {
	path  *lock.Path
	mode  lock.Mode
	holes []*lock.Path
	fresh bool // of a new object: it matters only to who holds the same lock

	acquire *flow.Acquire // in the node itself
	call    *flow.Call    // or through a call of callee
	callee  int
	inner   *event
	length  int // of the chain
}

type eventKey struct {
	path  *lock.Path
	mode  lock.Mode
	holes string
	fresh bool
}

const (
	maxEvents     = 256 // of one node; more are known by class only
	maxEventDepth = 6   // selectors of an event's path
)

// closure is the state of the second pass.
type closure struct {
	p    *Program
	sums []*summary // by node ID

	// above, by node, has the classes (in mode Exclusive, whatever the mode)
	// that some caller up the chain may hold: only of these does it matter
	// which instance is taken below.
	above []set
	// done, by call and callee, counts the callee's events that are in.
	done map[*flow.Call][]int

	atoms   []atomKey
	atomOf  map[atomKey]Atom
	classOf map[*lock.Path]classInfo
}

type classInfo struct {
	name  string
	final bool
}

func (c *closure) class(p *lock.Path) (string, bool) {
	ci, ok := c.classOf[p]
	if !ok {
		ci.name, ci.final = c.p.names.Class(p)
		c.classOf[p] = ci
	}
	return ci.name, ci.final
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
	c := &closure{p: p, sums: make([]*summary, len(p.order)), atomOf: make(map[atomKey]Atom), classOf: make(map[*lock.Path]classInfo), done: make(map[*flow.Call][]int)}
	for i := range c.sums {
		c.sums[i] = &summary{}
	}
	sccs := components(p.order)
	c.heldAbove(sccs)
	for _, scc := range sccs {
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
	return c
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
		class, _ := c.class(held[i].Path)
		s.add(c.atom(class, lock.Exclusive))
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
	changed := c.openHere(n)
	for i := range n.Record.Acquires {
		q := &n.Record.Acquires[i]
		if q.Try || q.Fresh && q.Nested {
			continue
		}
		holes := holePaths(q.Holes)
		e := &event{path: q.Path, mode: q.Mode, holes: holes, fresh: q.Fresh, acquire: q, length: 1}
		if q.Nested { // no instance: its holder may take it again
			class, _ := c.class(q.Path)
			if s.addAtom(c.atom(class, q.Mode), holes) {
				changed = true
			}
			continue
		}
		if c.emit(n, e) {
			changed = true
		}
	}
	for i := range n.Record.Calls {
		call := &n.Record.Calls[i]
		for j := range call.Callees {
			if c.through(n, call, j) {
				changed = true
			}
			if c.openThrough(n, call, j) {
				changed = true
			}
		}
	}
	return changed
}

// emit adds an event in the node's own terms.
func (c *closure) emit(n *flow.Node, e *event) bool {
	s := c.sums[n.ID]
	class, final := c.class(e.path)
	changed := false
	outward := c.outward(e.path)
	if !e.fresh && (final || outward == nil) {
		changed = s.addAtom(c.atom(class, e.mode), e.holes)
	}
	if outward == nil || final && !c.above[n.ID].has(c.atom(class, lock.Exclusive)) {
		return changed
	}
	e.path = outward
	return s.addEvent(c.p, e) || changed
}

// outward returns the path under which a caller may know the lock, or nil.
func (c *closure) outward(p *lock.Path) *lock.Path {
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
		return nil
	}
	return p
}

func (s *summary) addAtom(a Atom, holes []*lock.Path) bool {
	if len(holes) == 0 {
		return s.all.add(a)
	}
	return s.group(holes).add(a)
}

func (s *summary) group(holes []*lock.Path) *set {
	k := holesKey(holes)
	for i := range s.groups {
		if holesKey(s.groups[i].holes) == k {
			return &s.groups[i].atoms
		}
	}
	s.groups = append(s.groups, group{holes: holes})
	return &s.groups[len(s.groups)-1].atoms
}

func (s *summary) addEvent(p *Program, e *event) bool {
	k := eventKey{e.path, e.mode, holesKey(e.holes), e.fresh}
	if s.index[k] {
		return false
	}
	if len(s.events) >= maxEvents {
		p.Bounded["events"]++
		return false
	}
	if s.index == nil {
		s.index = make(map[eventKey]bool)
	}
	s.index[k] = true
	s.events = append(s.events, e)
	return true
}

// through adds what a call of one callee does.
func (c *closure) through(n *flow.Node, call *flow.Call, j int) bool {
	s := c.sums[n.ID]
	callee := &call.Callees[j]
	t := c.sums[callee.Node.ID]
	holes := holePaths(call.Holes)
	changed := false
	if len(holes) == 0 {
		if s != t && s.all.union(t.all) {
			changed = true
		}
	} else if s.group(holes).union(t.all) {
		changed = true
	}
	for i := range t.groups {
		g := &t.groups[i]
		lowered := c.lowerHoles(callee, g.holes, holes)
		if len(lowered) == 0 {
			if s.all.union(g.atoms) {
				changed = true
			}
		} else if len(s.groups) < 8 || s == t {
			if s.group(lowered).union(g.atoms) {
				changed = true
			}
		}
	}
	done := c.done[call]
	if done == nil {
		done = make([]int, len(call.Callees))
		c.done[call] = done
	}
	for ; done[j] < len(t.events); done[j]++ {
		e := t.events[done[j]]
		if v := callee.Env.Subst(&c.p.paths, e.path); v.Path != nil && flow.Knows(n.Fn, v.Path) {
			path, mode := v.Path, e.mode
			if path.Kind == lock.View {
				path, mode = path.Base, lock.Shared
			}
			f := &event{path: path, mode: mode, holes: c.lowerHoles(callee, e.holes, holes), fresh: e.fresh, call: call, callee: j, inner: e, length: e.length + 1}
			if c.emit(n, f) {
				changed = true
			}
		} else if class, final := c.class(e.path); !final && !e.fresh {
			// The caller does not know it either: it keeps the name it has.
			if s.addAtom(c.atom(class, e.mode), c.lowerHoles(callee, e.holes, holes)) {
				changed = true
			}
		}
	}
	return changed
}

// lowerHoles rewrites a callee's released locks and adds the caller's own.
// A lock that the caller itself holds there is no business of its callers.
func (c *closure) lowerHoles(callee *flow.Callee, holes, own []*lock.Path) []*lock.Path {
	if len(holes) == 0 {
		return own
	}
	out := append([]*lock.Path(nil), own...)
	for _, h := range holes {
		if v := callee.Env.Subst(&c.p.paths, h); v.Path != nil {
			out = append(out, v.Path)
		}
	}
	return sortHoles(out)
}

func holePaths(hs []flow.Hole) []*lock.Path {
	if len(hs) == 0 {
		return nil
	}
	out := make([]*lock.Path, len(hs))
	for i, h := range hs {
		out[i] = h.Path
	}
	return sortHoles(out)
}

func sortHoles(out []*lock.Path) []*lock.Path {
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	uniq := out[:0]
	for i, h := range out {
		if i == 0 || h != out[i-1] {
			uniq = append(uniq, h)
		}
	}
	return uniq
}

func holesKey(hs []*lock.Path) string {
	if len(hs) == 0 {
		return ""
	}
	b := make([]byte, 0, 4*len(hs))
	for _, h := range hs {
		b = append(b, byte(h.ID), byte(h.ID>>8), byte(h.ID>>16), byte(h.ID>>24))
	}
	return string(b)
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
