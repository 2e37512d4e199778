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

	callable []bool          // by node: importers may call it
	under    []bool          // by node: it is called with something held
	opens    []bool          // by node: it, or what it calls, has an open end
	matter   map[string]bool // classes
	content  []bool          // by node: it, or what it calls, has something to tell
	keep     []bool
	kept     []*flow.Node // in their order in the table
	at       []fact.Ref   // by node
}

// outside finds what importers may call, and which classes matter.
func (e *encoder) outside() {
	nodes := e.p.order
	e.callable, e.opens, e.matter = make([]bool, len(nodes)), make([]bool, len(nodes)), make(map[string]bool)
	api := e.p.apiTypes()
	for _, n := range nodes {
		e.callable[n.ID] = e.p.callable(n, api)
	}
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
	sccs := components(nodes)
	e.overOpens(sccs)
	for _, n := range nodes {
		for i := range n.Record.Opens {
			e.opens[n.ID] = e.opens[n.ID] || e.tellsOpen(n, &n.Record.Opens[i])
		}
	}
	spread(sccs, e.opens)
	hold := func(held []flow.Held) {
		for i := range held {
			e.matter[e.l.ClassOf(held[i].Path)] = true
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
				e.matter[e.l.ClassOf(q.Path)] = true
			}
		}
	}
	// Whoever is held over a class that matters, matters.
	under := make(map[string][]string)
	var work []string
	for k := range e.l.Edges {
		under[k.Acquired] = append(under[k.Acquired], k.Held)
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
		return e.matter[p.Name]
	}
	return true
}

// callable reports whether importers may call a node: exported functions, and
// the methods of any type, which an interface may hide.
func (p *Program) callable(n *flow.Node, api map[string]bool) bool {
	if ff := p.far.of[n.Fn]; ff != nil {
		return p.far.nodes[n].root && api[ff.name]
	}
	f := n.Fn
	if f.Parent() != nil || f.Pkg == nil && f.Origin() == nil {
		return false
	}
	return exported(f) || f.Signature.Recv() != nil
}

// general returns the node of a function in no context, or nil.
func (p *Program) general(f *ssa.Function) *flow.Node {
	if ff := p.farOf(f); ff != nil {
		return ff.nodes[""]
	}
	return p.nodes[nodeKey{f, ""}]
}

// apiTypes returns the methods, by name, of the types of other packages that
// the unit's own declarations show: an importer may call them though it does
// not import their package.
func (p *Program) apiTypes() map[string]bool {
	w := &apiWalk{methods: make(map[string]bool), seen: make(map[types.Type]bool)}
	scope := p.unit.Pkg.Scope()
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			w.visit(obj.Type())
		}
	}
	return w.methods
}

type apiWalk struct {
	methods map[string]bool
	seen    map[types.Type]bool
}

func (w *apiWalk) visit(t types.Type) {
	if t = types.Unalias(t); w.seen[t] {
		return
	}
	w.seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		for m := range t.Origin().Methods() {
			w.methods[m.FullName()] = true
			if m.Exported() {
				w.visit(m.Type())
			}
		}
		w.visit(t.Underlying())
		for arg := range t.TypeArgs().Types() {
			w.visit(arg)
		}
	case *types.Pointer:
		w.visit(t.Elem())
	case *types.Slice:
		w.visit(t.Elem())
	case *types.Array:
		w.visit(t.Elem())
	case *types.Chan:
		w.visit(t.Elem())
	case *types.Map:
		w.visit(t.Key())
		w.visit(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() || f.Embedded() {
				w.visit(f.Type())
			}
		}
	case *types.Signature:
		w.visit(t.Params())
		w.visit(t.Results())
	case *types.Tuple:
		for v := range t.Variables() {
			w.visit(v.Type())
		}
	case *types.Interface:
		for m := range t.Methods() {
			if m.Exported() {
				w.visit(m.Type())
			}
		}
	}
}

// tells reports whether an acquisition can matter to importers.
func (e *encoder) tells(q *flow.Acquire) bool {
	return !q.Try && !q.Fresh && e.matter[e.l.ClassOf(q.Path)] && !q.Mode.Signals()
}

func (e *encoder) holdsOne(held []flow.Held) bool {
	for i := range held {
		if !held[i].Fresh && e.matter[e.l.ClassOf(held[i].Path)] {
			return true
		}
	}
	return false
}

// choose marks the nodes to tell of: those with content that importers may
// call, those that make edges between classes that matter, and what they call.
func (e *encoder) choose() {
	nodes := e.p.order
	e.content, e.keep = make([]bool, len(nodes)), make([]bool, len(nodes))
	for _, n := range nodes {
		for i := range n.Record.Opens {
			e.content[n.ID] = e.content[n.ID] || e.tellsOpen(n, &n.Record.Opens[i])
		}
		for i := range n.Record.Acquires {
			e.content[n.ID] = e.content[n.ID] || e.tells(&n.Record.Acquires[i])
		}
	}
	spread(components(nodes), e.content)
	var work []*flow.Node
	keep := func(n *flow.Node) {
		if !e.keep[n.ID] {
			e.keep[n.ID] = true
			work = append(work, n)
		}
	}
	for _, n := range nodes {
		if e.callable[n.ID] && (e.content[n.ID] || hasEffect(n.Effect)) || e.makesEdge(n) {
			keep(n)
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

// hasEffect reports whether a call changes what is held, or returns the
// function that does.
func hasEffect(eff *flow.Effect) bool {
	for i := range eff.Exits {
		x := &eff.Exits[i]
		if len(x.Held)+len(x.Holes) > 0 {
			return true
		}
		for _, r := range x.Results {
			if r.Fn != nil {
				return true
			}
		}
	}
	return false
}

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
	e.dead()
	e.ends()
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
		k.Root, k.Spawned = e.callable[n.ID], !e.l.first[n.ID] && !e.callable[n.ID]
	}
	for i, why := range e.p.relevantSlots(n.Fn) {
		if why.decides {
			k.Slots = append(k.Slots, i)
		}
	}
	sort.Ints(k.Slots)
	for _, g := range e.l.gatesAt(n) {
		k.Must = append(k.Must, fact.Gate{Class: e.text(g.Class), Mode: uint8(g.Mode)})
	}
	for i := range n.Record.Acquires {
		q := &n.Record.Acquires[i]
		if e.tells(q) {
			k.Acquires = append(k.Acquires, fact.Acquire{Path: e.path(q.Path), Mode: uint8(q.Mode), Nested: q.Nested, Site: e.site(q.Site), Held: e.held(q.Held), Holes: e.holes(q.Holes)})
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
		if o.Path != nil && o.Path.Kind == lock.Param {
			path = e.path(o.Path)
		}
		k.Opens = append(k.Opens, fact.Open{Place: e.place(n.Fn, o.Instr), Path: path, Slot: e.text(o.Slot), Method: e.text(o.Method), Via: e.text(o.Via), Args: e.values(o.Args), Held: e.held(o.Held), Holes: e.holes(o.Holes)})
	}
	for i := range n.Effect.Exits {
		k.Exits = append(k.Exits, e.exit(&n.Effect.Exits[i]))
	}
	return k
}

func (e *encoder) exit(x *flow.Exit) fact.Exit {
	out := fact.Exit{Held: e.held(x.Held), Holes: e.holes(x.Holes), Results: e.values(x.Results)}
	for _, c := range x.Conds {
		out.Conds = append(out.Conds, fact.Cond{Slot: c.Slot, Val: e.text(c.Val), Is: c.Is})
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
	for name := range e.matter {
		if e.l.Classes[name] != nil {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		c := e.l.Classes[name]
		k := fact.Class{Name: e.text(name), Given: e.l.given[name]}
		for m, in := range c.Modes {
			if in {
				k.Modes |= 1 << m
			}
		}
		for _, s := range c.Sites {
			if e.l.Writes(s) {
				k.Writer = e.site(s)
				break
			}
		}
		e.out.Classes = append(e.out.Classes, k)
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
	var pipes []Pipe
	for q := range e.p.slots.pipes {
		if open[q.To] {
			pipes = append(pipes, q)
		}
	}
	for q := range e.p.far.pipes {
		if open[q.To] && !e.p.slots.pipes[q] {
			pipes = append(pipes, q)
		}
	}
	sort.Slice(pipes, func(i, j int) bool {
		a, b := pipes[i], pipes[j]
		return a.To < b.To || a.To == b.To && a.From < b.From
	})
	for _, q := range pipes {
		e.out.Pipes = append(e.out.Pipes, fact.Pipe{From: e.text(q.From), To: e.text(q.To)})
	}
	var feeds []Feed
	for q := range e.p.slots.feeds {
		if open[q.Slot] {
			feeds = append(feeds, q)
		}
	}
	for q := range e.p.far.fed {
		if open[q.Slot] && !e.p.slots.feeds[q] {
			feeds = append(feeds, q)
		}
	}
	sort.Slice(feeds, func(i, j int) bool {
		a, b := feeds[i], feeds[j]
		if a.Slot != b.Slot {
			return a.Slot < b.Slot
		}
		return a.Method < b.Method || a.Method == b.Method && a.Fn < b.Fn
	})
	for _, q := range feeds {
		e.out.Feeds = append(e.out.Feeds, fact.Feed{Slot: e.text(q.Slot), Method: e.text(q.Method), Fn: e.text(q.Fn)})
	}
}

// tables are what is already in the package's tables.
type tables struct {
	strings []string
	texts   map[string]fact.Ref
	fields  map[*types.Var]fact.Ref
	paths   map[*lock.Path]fact.Ref
	places  map[fact.Place]fact.Ref
	sites   map[fact.Site]fact.Ref
	helds   map[fact.Held]fact.Ref
	orders  map[*ssa.Function]map[ssa.Instruction]int
}

func newTables() tables {
	return tables{
		texts: make(map[string]fact.Ref), fields: make(map[*types.Var]fact.Ref), paths: make(map[*lock.Path]fact.Ref),
		places: make(map[fact.Place]fact.Ref), sites: make(map[fact.Site]fact.Ref), helds: make(map[fact.Held]fact.Ref),
		orders: make(map[*ssa.Function]map[ssa.Instruction]int),
	}
}

func (t *tables) text(s string) fact.Ref {
	if s == "" {
		return 0
	}
	r, ok := t.texts[s]
	if !ok {
		t.strings = append(t.strings, s)
		r = len(t.strings)
		t.texts[s] = r
	}
	return r
}

// path writes a path. What starts at a value of one function is outside an
// unknown instance of its class.
func (e *encoder) path(p *lock.Path) fact.Ref {
	if r, ok := e.paths[p]; ok {
		return r
	}
	q := fact.Path{Kind: uint8(p.Kind), Index: p.Index}
	if p.Root().Kind == lock.Local || !e.named(p) {
		q = fact.Path{Kind: uint8(lock.Opaque), Name: e.text(e.l.ClassOf(p))}
	} else {
		if p.Base != nil {
			q.Base = e.path(p.Base)
		}
		switch p.Kind {
		case lock.Field:
			q.Field = e.field(p.Obj.(*types.Var))
		case lock.Global:
			if p.Obj.Pkg() != nil {
				q.Pkg = e.text(p.Obj.Pkg().Path())
			}
			q.Name = e.text(p.Obj.Name())
		case lock.Elem:
			if s, ok := p.Key.(string); ok {
				q.Name = e.text(s)
			}
		default:
			q.Name = e.text(p.Name)
		}
	}
	e.out.Paths = append(e.out.Paths, q)
	e.paths[p] = len(e.out.Paths)
	return e.paths[p]
}

// named reports whether all fields of a path have names of their own.
func (e *encoder) named(p *lock.Path) bool {
	for ; p != nil; p = p.Base {
		if p.Kind == lock.Field && e.p.names.FieldName(p.Obj.(*types.Var)).Key == "" {
			return false
		}
	}
	return true
}

func (e *encoder) field(f *types.Var) fact.Ref {
	r, ok := e.fields[f]
	if !ok {
		n := e.p.names.FieldName(f)
		e.out.Fields = append(e.out.Fields, fact.Field{Key: e.text(n.Key), Class: e.text(n.Class), Alias: e.text(n.Alias), Pkg: e.text(f.Pkg().Path()), Name: e.text(f.Name()), Wrapper: n.Wrapper})
		r = len(e.out.Fields)
		e.fields[f] = r
	}
	return r
}

func (e *encoder) place(fn *ssa.Function, in ssa.Instruction) fact.Ref {
	var q fact.Place
	if f, ok := in.(*flow.Far); ok {
		q = fact.Place{Fn: e.text(e.name(f.Fn)), File: e.text(f.File), Line: f.Line, Column: f.Column, Order: f.Order}
	} else {
		file, line, column := e.position(in, fn)
		q = fact.Place{Fn: e.text(e.name(fn)), File: e.text(file), Line: line, Column: column, Order: e.order(in)}
	}
	r, ok := e.places[q]
	if !ok {
		e.out.Places = append(e.out.Places, q)
		r = len(e.out.Places)
		e.places[q] = r
	}
	return r
}

// order numbers the instructions of a function.
func (e *encoder) order(in ssa.Instruction) int {
	f := in.Parent()
	t := e.orders[f]
	if t == nil {
		t = make(map[ssa.Instruction]int)
		for _, b := range f.Blocks {
			for _, x := range b.Instrs {
				t[x] = len(t) + 1
			}
		}
		e.orders[f] = t
	}
	return t[in]
}

func (e *encoder) site(s *flow.Site) fact.Ref {
	q := fact.Site{Place: e.place(s.Fn, s.Instr), Via: e.text(s.Via), Released: s.Released, ByCaller: s.ByCaller, Leaked: s.Inner == nil && e.l.leaked[s.Instr]}
	if s.Inner != nil {
		q.Inner = e.site(s.Inner)
	}
	r, ok := e.sites[q]
	if !ok {
		e.out.Sites = append(e.out.Sites, q)
		r = len(e.out.Sites)
		e.sites[q] = r
	}
	return r
}

func (e *encoder) held(hs []flow.Held) []fact.Ref {
	var out []fact.Ref
	for i := range hs {
		h := &hs[i]
		out = append(out, e.heldRef(fact.Held{Path: e.path(h.Path), Mode: uint8(h.Mode), Site: e.site(h.Site), Fresh: h.Fresh, Try: h.Try}))
	}
	return out
}

func (e *encoder) holes(hs []flow.Hole) []fact.Ref {
	var out []fact.Ref
	for _, h := range hs {
		out = append(out, e.heldRef(fact.Held{Path: e.path(h.Path), Mode: uint8(h.Mode)}))
	}
	return out
}

func (e *encoder) heldRef(q fact.Held) fact.Ref {
	r, ok := e.helds[q]
	if !ok {
		e.out.Helds = append(e.out.Helds, q)
		r = len(e.out.Helds)
		e.helds[q] = r
	}
	return r
}

// values writes what is known of slots or results, where it means something
// outside.
func (e *encoder) values(vs []flow.Value) []fact.Value {
	var out []fact.Value
	for i, v := range vs {
		q := fact.Value{Slot: i, Nil: v.Nil}
		if v.Path != nil && v.Path.Root().Kind != lock.Local && e.named(v.Path) {
			q.Path = e.path(v.Path)
		}
		if v.Const != nil {
			if s := v.Const.ExactString(); len(s) < 32 {
				q.Const = e.text(s)
			}
		}
		if v.Fn != nil && e.p.general(v.Fn.Fn) != nil {
			q.Fn = e.text(e.name(v.Fn.Fn))
			q.Binds = e.values(v.Fn.Binds)
		}
		if q.Path > 0 || q.Const > 0 || q.Nil || q.Fn > 0 {
			out = append(out, q)
		}
	}
	return out
}
