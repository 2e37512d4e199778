package link

import (
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/fact"
	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
)

// A decoder turns one package's facts into nodes.
type decoder struct {
	p     *Program
	f     *far
	in    *fact.Package
	index int

	fields []*types.Var
	paths  []*lock.Path
	places []*flow.Far
	sites  []*flow.Site
	helds  []flow.Held
	nodes  []*flow.Node
	fresh  []bool // by node: this fact is the first to tell of it
}

func (d *decoder) text(r fact.Ref) string {
	if r == 0 {
		return ""
	}
	return d.in.Strings[r-1]
}

func (d *decoder) run() {
	d.readPaths()
	d.readPlaces()
	for _, k := range d.in.Dead {
		d.f.dead[d.text(k.Fn)] = k.Dies
	}
	for _, q := range d.in.Pipes {
		d.f.pipes[Pipe{d.text(q.From), d.text(q.To)}] = true
	}
	for _, q := range d.in.Feeds {
		k := Feed{d.text(q.Slot), d.text(q.Method), d.text(q.Fn)}
		if !d.f.fed[k] {
			d.f.fed[k] = true
			at := Feed{Slot: k.Slot, Method: k.Method}
			d.f.feeds[at] = append(d.f.feeds[at], k.Fn)
		}
	}
	d.readTypes()
	d.readWaits()
	d.readFlows()
	for _, q := range d.in.Stores {
		f := d.fn(d.text(q.Fn))
		f.stores = append(f.stores, store{made: q.Made, owner: q.Owner, spot: spot{f: d.fields[q.Field-1], elem: q.Elem}, value: q.Value})
	}
	for i := range d.in.Nodes {
		d.declare(&d.in.Nodes[i])
	}
	for i := range d.in.Nodes {
		d.fill(&d.in.Nodes[i], d.nodes[i], d.fresh[i])
	}
	for _, k := range d.in.Classes {
		name := d.text(k.Name)
		c := d.f.classes[name]
		if c == nil {
			c = &Class{Name: name}
			d.f.classes[name] = c
		}
		for m := range c.Modes {
			c.Modes[m] = c.Modes[m] || k.Modes&(1<<m) != 0
		}
		if k.Given {
			d.f.given[name] = true
		}
		if len(c.Sites) == 0 && k.Writer > 0 {
			c.Sites = append(c.Sites, d.sites[k.Writer-1])
		}
	}
}

// readTypes reads which types are made into interfaces, and where these are.
func (d *decoder) readTypes() {
	f := d.f
	for _, t := range d.in.Types {
		methods := f.types[d.text(t.Name)]
		if methods == nil {
			methods = make(map[string]string)
			f.types[d.text(t.Name)] = methods
		}
		for _, m := range t.Methods {
			methods[d.text(m.ID)] = d.text(m.Fn)
			f.methods[d.text(m.ID)] = true
		}
	}
	for _, q := range d.in.Puts {
		k := Put{d.text(q.Slot), d.text(q.Type)}
		if !f.put[k] {
			f.put[k] = true
			f.puts[slot(k.Slot)] = append(f.puts[slot(k.Slot)], k.Type)
		}
	}
}

func (d *decoder) readPaths() {
	paths := &d.p.paths
	for i := range d.in.Fields {
		d.fields = append(d.fields, d.field(&d.in.Fields[i]))
	}
	for i := range d.in.Paths {
		q := &d.in.Paths[i]
		var base, out *lock.Path
		if q.Base > 0 {
			base = d.paths[q.Base-1]
		}
		switch lock.PathKind(q.Kind) {
		case lock.Param:
			out = paths.Param(q.Index)
		case lock.Free:
			out = paths.Free(q.Index)
		case lock.Result:
			out = paths.Result(q.Index)
		case lock.Global:
			out = paths.Global(d.f.variable(d.text(q.Pkg), d.text(q.Name)))
		case lock.Opaque:
			out = paths.Opaque(d.text(q.Name))
		case lock.Field:
			out = paths.Field(base, d.fields[q.Field-1], "")
		case lock.Elem:
			if q.Name > 0 {
				out = paths.Elem(base, d.text(q.Name))
			} else {
				out = paths.Elem(base, nil)
			}
		case lock.Bind:
			out = paths.Bind(base, q.Index, d.text(q.Name))
		case lock.View:
			out = paths.View(base)
		case lock.Pseudo:
			out = paths.Pseudo(base, d.text(q.Name))
		case lock.Rank:
			out = paths.Rank(base, d.text(q.Name))
		}
		d.paths = append(d.paths, out)
	}
}

// field finds the field in the packages in view, or makes one up.
func (d *decoder) field(k *fact.Field) *types.Var {
	key, path := d.text(k.Key), d.text(k.Pkg)
	f := d.f.fields[key]
	if f != nil {
		return f
	}
	pkg := d.f.packages[path]
	if pkg != nil {
		f = d.p.names.Field(pkg, key)
	}
	if f == nil {
		f = types.NewField(token.NoPos, d.f.pkg(path), d.text(k.Name), types.Typ[types.Invalid], false)
	}
	d.f.fields[key] = f
	d.p.names.SetFieldName(f, lock.FieldName{Key: key, Class: d.text(k.Class), Alias: d.text(k.Alias), Wrapper: k.Wrapper})
	return f
}

func (f *far) pkg(path string) *types.Package {
	if p := f.packages[path]; p != nil {
		return p
	}
	p := f.fakes[path]
	if p == nil {
		p = types.NewPackage(path, path[strings.LastIndexByte(path, '/')+1:])
		f.fakes[path] = p
	}
	return p
}

func (f *far) variable(path, name string) types.Object {
	pkg := f.pkg(path)
	if obj := pkg.Scope().Lookup(name); obj != nil {
		return obj
	}
	key := path + "." + name
	v := f.vars[key]
	if v == nil {
		v = types.NewVar(token.NoPos, pkg, name, types.Typ[types.Invalid])
		f.vars[key] = v
	}
	return v
}

func (d *decoder) readPlaces() {
	for _, q := range d.in.Places {
		k := placeKey{d.text(q.Fn), d.text(q.File), q.Line, q.Column, q.Order}
		at := d.f.places[k]
		if at == nil {
			at = &flow.Far{Fn: d.fn(k.fn).fn, File: k.file, Line: k.line, Column: k.column, Order: k.order}
			d.f.places[k] = at
		}
		d.places = append(d.places, at)
	}
	for _, q := range d.in.Sites {
		at := d.places[q.Place-1]
		k := siteKey{at: at, via: d.text(q.Via), released: q.Released, byCaller: q.ByCaller}
		if q.Inner > 0 {
			k.inner = d.sites[q.Inner-1]
		}
		s := d.f.sites[k]
		if s == nil {
			s = &flow.Site{Fn: at.Fn, Instr: at, Via: k.via, Inner: k.inner, Released: k.released, ByCaller: k.byCaller}
			d.f.sites[k] = s
		}
		if q.Leaked {
			d.f.leaked[at] = true
		}
		d.sites = append(d.sites, s)
	}
	for _, h := range d.in.Helds {
		held := flow.Held{Path: d.paths[h.Path-1], Mode: lock.Mode(h.Mode), Fresh: h.Fresh, Try: h.Try}
		if h.Site > 0 {
			held.Site = d.sites[h.Site-1]
		}
		d.helds = append(d.helds, held)
	}
}

func (d *decoder) fn(name string) *farFunc { return d.p.farNamed(name) }

// standIn is what stands for a function of another package.
func (p *Program) standIn(name string) *ssa.Function { return p.farNamed(name).fn }

// farNamed returns what stands for a function.
func (p *Program) farNamed(name string) *farFunc {
	f := p.far.fns[name]
	if f == nil {
		f = &farFunc{name: name, nodes: make(map[string]*flow.Node)}
		shown, synthetic, _ := strings.Cut(name, "#") // as flow.FuncKey writes it
		f.fn = p.SSA.NewFunction(shown, types.NewSignatureType(nil, nil, nil, nil, nil, false), synthetic)
		p.far.fns[name], p.far.of[f.fn] = f, f
		if g := withoutArgs(name); strings.Contains(name, "[") && p.far.generic[g] == nil {
			p.far.generic[g] = f // one instance stands for all
		}
	}
	return f
}

// declare makes the node, unless an earlier fact has told of it.
func (d *decoder) declare(k *fact.Node) {
	f := d.fn(d.text(k.Fn))
	f.from = f.from.with(d.index)
	for _, i := range k.Slots {
		if f.slots == nil {
			f.slots = make(map[int]relevance)
		}
		f.slots[i] = relevance{decides: true}
	}
	key := d.text(k.Key)
	n := f.nodes[key]
	d.fresh = append(d.fresh, n == nil)
	if n == nil {
		n = &flow.Node{Fn: f.fn, Key: key, ID: len(d.p.order), Record: &flow.Record{}, Effect: &flow.Effect{}}
		f.nodes[key] = n
		d.p.order = append(d.p.order, n)
		d.f.nodes[n] = &farNode{results: k.Results}
	}
	d.nodes = append(d.nodes, n)
}

// fill adds what the fact says of a node to what earlier facts said: two
// imports may each have kept what their own importers can need.
func (d *decoder) fill(k *fact.Node, n *flow.Node, first bool) {
	fn := d.f.nodes[n]
	fn.root, fn.spawned, fn.started = fn.root || k.Root, fn.spawned || k.Spawned, fn.started || k.Started
	if first {
		for _, g := range k.Must {
			fn.gates = append(fn.gates, Gate{d.text(g.Class), lock.Mode(g.Mode)})
		}
		for i := range k.Exits {
			x := d.exit(&k.Exits[i])
			x.Results = append(x.Results, make([]flow.Value, max(0, k.Results-len(x.Results)))...)
			n.Effect.Exits = append(n.Effect.Exits, x)
		}
	}
	r := n.Record
	for i := range k.Acquires {
		a := &k.Acquires[i]
		q := flow.Acquire{Path: d.paths[a.Path-1], Mode: lock.Mode(a.Mode), Nested: a.Nested, Site: d.sites[a.Site-1], Held: d.held(a.Held), Holes: d.holes(a.Holes)}
		if first || !hasAcquire(r, &q) {
			r.Acquires = append(r.Acquires, q)
		}
	}
	for i := range k.Calls {
		c := &k.Calls[i]
		q := flow.Call{Instr: d.places[c.Place-1], Held: d.held(c.Held), Holes: d.holes(c.Holes)}
		for j := range c.Callees {
			q.Callees = append(q.Callees, d.callee(&c.Callees[j]))
		}
		if first || !hasCall(r, &q) {
			r.Calls = append(r.Calls, q)
		}
	}
	for i := range k.Opens {
		o := &k.Opens[i]
		var path *lock.Path
		if o.Path > 0 {
			path = d.paths[o.Path-1]
		}
		q := flow.Open{Path: path, Instr: d.places[o.Place-1], Slot: d.text(o.Slot), Method: d.text(o.Method), Via: d.text(o.Via), Args: d.values(o.Args), Held: d.held(o.Held), Holes: d.holes(o.Holes)}
		if first || !hasOpen(r, &q) {
			r.Opens = append(r.Opens, q)
		}
	}
	for i := range k.Signals {
		s := &k.Signals[i]
		q := flow.Signal{Path: d.paths[s.Path-1], Mode: lock.Mode(s.Mode), Instr: d.places[s.Place-1], Held: d.held(s.Held)}
		if s.End > 0 {
			q.End = d.nodes[s.End-1]
		}
		if first || !hasSignal(r, &q) {
			r.Signals = append(r.Signals, q)
		}
	}
}

func (d *decoder) held(refs []fact.Ref) []flow.Held {
	var out []flow.Held
	for _, r := range refs {
		out = append(out, d.helds[r-1])
	}
	return out
}

func (d *decoder) holes(refs []fact.Ref) []flow.Hole {
	var out []flow.Hole
	for _, r := range refs {
		out = append(out, flow.Hole{Path: d.helds[r-1].Path, Mode: d.helds[r-1].Mode})
	}
	return out
}

func (d *decoder) callee(k *fact.Callee) flow.Callee {
	return flow.Callee{Node: d.nodes[k.Node-1], Via: d.text(k.Via), Env: flow.Env{Args: d.values(k.Args), Binds: d.values(k.Binds)}}
}

// values spreads values over their slots.
func (d *decoder) values(vs []fact.Value) []flow.Value {
	if len(vs) == 0 {
		return nil
	}
	out := make([]flow.Value, vs[len(vs)-1].Slot+1)
	for i := range vs {
		v := &vs[i]
		w := &out[v.Slot]
		if v.Path > 0 {
			w.Path = d.paths[v.Path-1]
		}
		w.Nil, w.OrNil, w.Set = v.Nil, v.OrNil, v.Set
		if v.Dyn > 0 {
			w.Dyn = d.p.typeNamed(d.text(v.Dyn))
		}
		if v.Const > 0 {
			w.Const = constantOf(d.text(v.Const))
		}
		if v.Fn > 0 {
			w.Fn = &flow.FuncVal{Fn: d.fn(d.text(v.Fn)).fn, Binds: d.values(v.Binds)}
		}
	}
	return out
}

func constantOf(s string) constant.Value {
	switch s {
	case "true":
		return constant.MakeBool(true)
	case "false":
		return constant.MakeBool(false)
	}
	if strings.HasPrefix(s, `"`) {
		return constant.MakeFromLiteral(s, token.STRING, 0)
	}
	neg := strings.HasPrefix(s, "-")
	v := constant.MakeFromLiteral(strings.TrimPrefix(s, "-"), token.INT, 0)
	if v.Kind() != constant.Int {
		return nil
	}
	if neg {
		v = constant.UnaryOp(token.SUB, v, 0)
	}
	return v
}

func (d *decoder) exit(x *fact.Exit) flow.Exit {
	out := flow.Exit{Held: d.held(x.Held), Holes: d.holes(x.Holes), Results: d.values(x.Results)}
	for _, c := range x.Conds {
		cond := flow.SlotFact{Slot: c.Slot, Val: d.text(c.Val), Is: c.Is}
		if c.Path > 0 {
			cond.Path = d.paths[c.Path-1]
		}
		out.Conds = append(out.Conds, cond)
	}
	return out
}
