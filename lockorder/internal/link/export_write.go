package link

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// name is the function's name in facts.
func (e *encoder) name(f *ssa.Function) string {
	if ff := e.p.far.of[f]; ff != nil {
		return ff.name
	}
	return flow.FuncKey(f)
}

func (e *encoder) write() {
	for _, n := range e.kept {
		e.out.Nodes = append(e.out.Nodes, e.node(n))
	}
	e.classes()
	e.writeWaits()
	e.writeFlows()
	e.dead()
	e.ends()
	e.writeMade()
	e.stores()
	e.out.Strings = e.tables.strings
}

func (e *encoder) node(n *flow.Node) fact.Node {
	k := fact.Node{Fn: e.text(e.name(n.Fn)), Key: e.text(n.Key)}
	if e.p.isFar(n) {
		f := e.p.far.nodes[n]
		k.Results = f.results
		k.Root, k.Spawned = f.root, f.spawned
	} else {
		k.Results = n.Fn.Signature.Results().Len()
		k.Root, k.Spawned = e.callable[n.ID], !e.l.first(n) && !e.callable[n.ID]
	}
	k.Started = e.l.spawned[n.ID]
	for i, why := range e.p.relevantSlots(n.Fn) {
		if why.decides {
			k.Slots = append(k.Slots, i)
		}
	}
	sort.Ints(k.Slots)
	for _, g := range e.l.gatesAt(n) {
		k.Must = append(k.Must, fact.Gate{Class: e.text(lock.Generic(g.Class)), Mode: uint8(g.Mode)})
	}
	for i := range n.Record.Acquires {
		q := &n.Record.Acquires[i]
		if e.tells(q) {
			path := q.Path
			if q.Mode.Signals() {
				path = e.p.paths.Opaque(e.awaits(path))
			}
			k.Acquires = append(k.Acquires, fact.Acquire{Path: e.path(path), Mode: uint8(q.Mode), Nested: q.Nested, Site: e.site(q.Site), Held: e.held(q.Held), Holes: e.holes(q.Holes)})
		}
	}
	for i := range n.Record.Calls {
		c := &n.Record.Calls[i]
		out := fact.Call{Held: e.held(c.Held), Holes: e.holes(c.Holes)}
		for j := range c.Callees {
			callee := &c.Callees[j]
			if at := e.at[callee.Node.ID]; at > 0 && e.content[callee.Node.ID] {
				out.Callees = append(out.Callees, fact.Callee{Node: at, Via: e.text(callee.Via), Args: e.values(callee.Env.Args), Binds: e.values(callee.Env.Binds)})
			}
		}
		if len(out.Callees) > 0 {
			out.Place = e.place(n.Fn, c.Instr)
			k.Calls = append(k.Calls, out)
		}
	}
	for i := range n.Record.Opens {
		o := &n.Record.Opens[i]
		if !e.tellsOpen(n, o) {
			continue
		}
		var path fact.Ref
		if o.Path != nil && o.Path.Root().Kind == lock.Param && e.named(o.Path) {
			path = e.path(o.Path)
		}
		k.Opens = append(k.Opens, fact.Open{Place: e.place(n.Fn, o.Instr), Path: path, Slot: e.text(o.Slot), Method: e.text(o.Method), Via: e.text(o.Via), Args: e.values(o.Args), Held: e.held(o.Held), Holes: e.holes(o.Holes)})
	}
	for _, s := range e.signs[n.ID] {
		out := fact.Signal{Path: e.path(e.p.paths.Opaque(s.class)), Mode: uint8(s.Mode), Place: e.place(n.Fn, s.Instr), Held: e.held(s.Held)}
		if s.End != nil {
			out.End = e.at[s.End.ID]
		}
		k.Signals = append(k.Signals, out)
	}
	for i := range n.Effect.Exits {
		k.Exits = append(k.Exits, e.exit(&n.Effect.Exits[i]))
	}
	return k
}

func (e *encoder) exit(x *flow.Exit) fact.Exit {
	out := fact.Exit{Held: e.held(x.Held), Holes: e.holes(x.Holes), Results: e.values(x.Results)}
	for _, c := range x.Conds {
		cond := fact.Cond{Slot: c.Slot, Val: e.text(c.Val), Is: c.Is}
		if c.Path != nil {
			if !e.named(c.Path) {
				continue
			}
			cond.Path = e.path(c.Path)
		}
		out.Conds = append(out.Conds, cond)
	}
	return out
}

// gatesAt lists what every way into a node holds.
func (l *Linked) gatesAt(n *flow.Node) []Gate {
	var out []Gate
	for a := range l.must[n.ID] {
		out = append(out, Gate{l.c.atoms[a].class, l.c.atoms[a].mode})
	}
	sortGates(out)
	return out
}

// classes tells in which modes the classes that the tables name are taken.
func (e *encoder) classes() {
	var names []string
	for name := range e.l.Classes {
		if e.matter[lock.Generic(name)] {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	index := make(map[string]int)
	for _, name := range names {
		c, of := e.l.Classes[name], lock.Generic(name)
		i, ok := index[of]
		if !ok {
			i = len(e.out.Classes)
			index[of] = i
			e.out.Classes = append(e.out.Classes, fact.Class{Name: e.text(of)})
		}
		k := &e.out.Classes[i]
		k.Given = k.Given || e.l.given[name]
		for m, in := range c.Modes {
			if in {
				k.Modes |= 1 << m
			}
		}
		for _, s := range c.Sites {
			if k.Writer == 0 && e.l.Writes(s) {
				k.Writer = e.site(s)
			}
		}
	}
}

// dead tells of the unit's functions that do not return.
func (e *encoder) dead() {
	for _, f := range e.p.scan.fns {
		if f.Parent() != nil || f.Signature.Recv() == nil && !exported(f) {
			continue
		}
		if t := e.p.fateOf(f); t.dies || !t.returns {
			e.out.Dead = append(e.out.Dead, fact.Dead{Fn: e.text(e.name(f)), Dies: t.dies})
		}
	}
}

// ends writes what resolves the open calls that are told of.
func (e *encoder) ends() {
	open := make(map[string]bool)
	for i := range e.out.Nodes {
		for _, o := range e.out.Nodes[i].Opens {
			if o.Slot > 0 {
				open[e.tables.strings[o.Slot-1]] = true
			}
		}
	}
	pipes := chosen(e.p.slots.pipes, e.p.far.pipes, func(q Pipe) bool { return open[q.To] }, func(a, b Pipe) int {
		return cmp.Or(strings.Compare(a.To, b.To), strings.Compare(a.From, b.From))
	})
	for _, q := range pipes {
		e.out.Pipes = append(e.out.Pipes, fact.Pipe{From: e.text(q.From), To: e.text(q.To)})
	}
	feeds := chosen(e.p.slots.feeds, e.p.far.fed, func(q Feed) bool { return open[q.Slot] }, func(a, b Feed) int {
		return cmp.Or(strings.Compare(a.Slot, b.Slot), strings.Compare(a.Method, b.Method), strings.Compare(a.Fn, b.Fn))
	})
	for _, q := range feeds {
		e.out.Feeds = append(e.out.Feeds, fact.Feed{Slot: e.text(q.Slot), Method: e.text(q.Method), Fn: e.text(q.Fn)})
	}
}

// chosen lists what is wanted of two sets, those of the unit and of its
// imports, in order.
func chosen[K comparable](own, far map[K]bool, wanted func(K) bool, compare func(a, b K) int) []K {
	var out []K
	for q := range own {
		if wanted(q) {
			out = append(out, q)
		}
	}
	for q := range far {
		if wanted(q) && !own[q] {
			out = append(out, q)
		}
	}
	slices.SortFunc(out, compare)
	return out
}
