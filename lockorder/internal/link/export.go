package link

import (
	"go/types"
	"sort"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// Export returns the facts that the importers of the unit need: what can take
// part in an edge that only they can see.
//
// A class matters to them if an importer can come to hold it: it is left held
// on some return, it can be named outside, it is held where control passes
// outside (an open end), or a class that matters is taken under it. All cycles
// through other classes are complete in this package. position tells where an
// instruction of the unit is.
func (l *Linked) Export(position func(ssa.Instruction, *ssa.Function) (file string, line, column int)) *fact.Package {
	e := &encoder{l: l, p: l.p, position: position, out: &fact.Package{}, tables: newTables()}
	e.outside()
	e.choose()
	e.write()
	return e.out
}

// An encoder chooses what to tell, and writes it into tables.
type encoder struct {
	l        *Linked
	p        *Program
	position func(ssa.Instruction, *ssa.Function) (string, int, int)
	out      *fact.Package
	tables

	api      map[string]bool // methods of other packages' types that declarations show
	making   making
	callable []bool                // by node: importers may call it
	under    []bool                // by node: it is called with something held
	opens    []bool                // by node: it, or what it calls, has an open end
	matter   map[string]bool       // classes
	waits    map[any]bool          // sets of what is waited for that are told of
	signals  []bool                // by node: it ends a wait that is told of, or what it calls does; see climbs
	awaited  map[string]*lock.Path // by class: what waits and signals are for
	signs    [][]told              // by node: the signals of waits that are told of
	content  []bool                // by node: it, or what it calls, has something to tell
	keep     []bool
	kept     []*flow.Node // in their order in the table
	at       []fact.Ref   // by node
}

// outside finds what importers may call, and which classes matter.
func (e *encoder) outside() {
	nodes := e.p.order
	e.callable, e.opens, e.matter = make([]bool, len(nodes)), make([]bool, len(nodes)), make(map[string]bool)
	shown := e.p.apiTypes()
	e.api = shown.methods
	for _, n := range nodes {
		e.callable[n.ID] = e.p.callable(n, e.api)
	}
	e.findMade(shown.ifaces)
	for q := range e.p.slots.feeds {
		f := e.p.own[q.Fn]
		if ff := e.p.far.fns[q.Fn]; ff != nil {
			f = ff.fn
		}
		if f == nil {
			continue
		}
		if m := e.p.general(f); m != nil {
			e.callable[m.ID] = true
		}
	}
	// Closures that a function returns.
	for changed := true; changed; {
		changed = false
		for _, n := range nodes {
			if !e.callable[n.ID] {
				continue
			}
			for _, x := range n.Effect.Exits {
				for _, r := range x.Results {
					if r.Fn == nil {
						continue
					}
					if m := e.p.general(r.Fn.Fn); m != nil && !e.callable[m.ID] {
						e.callable[m.ID], changed = true, true
					}
				}
			}
		}
	}
	sccs := e.l.c.sccs
	e.overOpens(sccs)
	for _, n := range nodes {
		for i := range n.Record.Opens {
			e.opens[n.ID] = e.opens[n.ID] || e.tellsOpen(n, &n.Record.Opens[i])
		}
	}
	spread(sccs, e.opens)
	hold := func(held []flow.Held) {
		for i := range held {
			e.matter[e.classOf(held[i].Path)] = true
		}
	}
	for _, n := range nodes {
		for i := range n.Record.Opens {
			hold(n.Record.Opens[i].Held)
		}
		for i := range n.Record.Calls {
			c := &n.Record.Calls[i]
			for _, k := range c.Callees {
				if len(c.Held) > 0 && e.opens[k.Node.ID] {
					hold(c.Held)
				}
			}
		}
		if e.callable[n.ID] {
			for i := range n.Effect.Exits {
				hold(n.Effect.Exits[i].Held)
			}
		}
		for i := range n.Record.Acquires {
			if q := &n.Record.Acquires[i]; e.nameable(q.Path) {
				e.matter[e.classOf(q.Path)] = true
			}
		}
	}
	e.chooseWaits()
	// Whoever is held over a class that matters, matters.
	under := make(map[string][]string)
	var work []string
	for k := range e.l.Edges {
		to := lock.Generic(k.Acquired)
		under[to] = append(under[to], lock.Generic(k.Held))
	}
	for class := range e.matter {
		work = append(work, class)
	}
	for len(work) > 0 {
		class := work[len(work)-1]
		work = work[:len(work)-1]
		for _, held := range under[class] {
			if !e.matter[held] {
				e.matter[held] = true
				work = append(work, held)
			}
		}
	}
}

// overOpens marks the nodes that are called with something held.
func (e *encoder) overOpens(sccs [][]*flow.Node) {
	e.under = make([]bool, len(e.p.order))
	for i := len(sccs) - 1; i >= 0; i-- {
		for range 2 { // within a component, held may come round
			for _, n := range sccs[i] {
				for j := range n.Record.Calls {
					c := &n.Record.Calls[j]
					if len(c.Held) == 0 && !e.under[n.ID] {
						continue
					}
					for _, k := range c.Callees {
						e.under[k.Node.ID] = true
					}
				}
			}
		}
	}
}

// tellsOpen reports whether importers are to know of an open call: one that
// is made with something held; or with nothing held, but of what the package
// itself declares to be called back, and that only to those who import the
// package itself. Of the calls of io.Writer and its like the whole program has
// too many targets to find anything.
func (e *encoder) tellsOpen(n *flow.Node, o *flow.Open) bool {
	if !o.Exposed {
		return false
	}
	return len(o.Held) > 0 || e.under[n.ID] || o.Home && !e.p.isFar(n)
}

// spread marks who calls a marked node, callees first.
func spread(sccs [][]*flow.Node, mark []bool) {
	for _, scc := range sccs {
		any := false
		for _, n := range scc {
			any = any || mark[n.ID]
			for i := range n.Record.Calls {
				for _, k := range n.Record.Calls[i].Callees {
					any = any || mark[k.Node.ID]
				}
			}
		}
		for _, n := range scc {
			mark[n.ID] = any
		}
	}
}

// nameable reports whether other packages may name the lock: by an exported
// field or variable, by a parameter, by a name that only a model gives.
func (e *encoder) nameable(p *lock.Path) bool {
	switch p.Kind {
	case lock.Field:
		return p.Obj.Exported() && exposedField(e.p.names.FieldName(p.Obj.(*types.Var)).Key)
	case lock.Global:
		return p.Obj.Exported()
	case lock.Elem, lock.View:
		return e.nameable(p.Base)
	case lock.Local:
		return false
	case lock.Opaque:
		return e.matter[lock.Generic(p.Name)]
	}
	return true
}

// classOf is the name under which importers know a lock's class: one for all
// instantiations of a generic type.
func (e *encoder) classOf(p *lock.Path) string { return lock.Generic(e.l.ClassOf(p)) }

// tells reports whether an acquisition can matter to importers.
func (e *encoder) tells(q *flow.Acquire) bool {
	if q.Mode.Signals() {
		return !q.Fresh && e.tellsWait(q)
	}
	return !q.Try && !q.Fresh && e.matter[e.classOf(q.Path)]
}

func (e *encoder) holdsOne(held []flow.Held) bool {
	for i := range held {
		if !held[i].Fresh && e.matter[e.classOf(held[i].Path)] {
			return true
		}
	}
	return false
}

// choose marks the nodes to tell of: those with content that importers may
// call, those that make edges between classes that matter, and what they call.
func (e *encoder) choose() {
	nodes := e.p.order
	e.keep = make([]bool, len(nodes))
	e.content = e.contents()
	for i := range e.signals {
		e.content[i] = e.content[i] || e.signals[i]
	}
	var work []*flow.Node
	keep := func(n *flow.Node) {
		if !e.keep[n.ID] {
			e.keep[n.ID] = true
			work = append(work, n)
		}
	}
	for _, n := range nodes {
		// Of who ends a wait all callers count: see (*need).before.
		if e.callable[n.ID] && (e.content[n.ID] || e.hasEffect(n)) || e.makesEdge(n) || e.signals[n.ID] {
			keep(n)
		}
		for _, s := range e.signs[n.ID] {
			if s.End != nil {
				keep(s.End)
			}
		}
	}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		for i := range n.Record.Calls {
			for _, k := range n.Record.Calls[i].Callees {
				if e.content[k.Node.ID] {
					keep(k.Node)
				}
			}
		}
	}
	for _, n := range nodes {
		if e.keep[n.ID] {
			e.kept = append(e.kept, n)
		}
	}
	sort.SliceStable(e.kept, func(i, j int) bool {
		a, b := e.kept[i], e.kept[j]
		if x, y := e.name(a.Fn), e.name(b.Fn); x != y {
			return x < y
		}
		return a.Key < b.Key
	})
	e.at = make([]fact.Ref, len(nodes))
	for i, n := range e.kept {
		e.at[n.ID] = i + 1
	}
}

// contents marks the nodes from which something that is told of is reached.
func (e *encoder) contents() []bool {
	out := make([]bool, len(e.p.order))
	for _, n := range e.p.order {
		for i := range n.Record.Opens {
			out[n.ID] = out[n.ID] || e.tellsOpen(n, &n.Record.Opens[i])
		}
		for i := range n.Record.Acquires {
			out[n.ID] = out[n.ID] || e.tells(&n.Record.Acquires[i])
		}
	}
	spread(e.l.c.sccs, out)
	return out
}

// makesEdge reports whether a node holds one class that matters while it, or
// what it calls, takes another, or passes control outside.
func (e *encoder) makesEdge(n *flow.Node) bool {
	if e.l.initial[n.ID] {
		return false
	}
	for i := range n.Record.Acquires {
		q := &n.Record.Acquires[i]
		if e.tells(q) && e.holdsOne(q.Held) {
			return true
		}
	}
	for i := range n.Record.Calls {
		c := &n.Record.Calls[i]
		if !e.holdsOne(c.Held) {
			continue
		}
		for _, k := range c.Callees {
			if e.content[k.Node.ID] {
				return true
			}
		}
	}
	for i := range n.Record.Opens {
		if e.holdsOne(n.Record.Opens[i].Held) {
			return true
		}
	}
	return false
}

// hasEffect reports whether a call changes what is held, or returns a function
// that does, or something of which it matters which it is: a concrete type that
// importers are told of, or what the arguments lead to.
func (e *encoder) hasEffect(n *flow.Node) bool {
	for i := range n.Effect.Exits {
		x := &n.Effect.Exits[i]
		if len(x.Held)+len(x.Holes) > 0 {
			return true
		}
		for _, r := range x.Results {
			if r.Fn != nil || r.Dyn != nil && e.making.methods[e.p.typeName(r.Dyn)] != nil {
				return true
			}
		}
	}
	return false
}
