package lockorder

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/graph"
	"github.com/lockorder/lockorder/lockorder/internal/link"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/policy"
)

// A builder turns what linking found into a Report.
type builder struct {
	config   Config
	file     *file // nil: there is none
	policy   *policy.Set
	position func(token.Pos) token.Position
	packages int
	initial  map[string]bool
	program  *link.Program
	linked   *link.Linked
	unit     *unit // if it is one package that is analysed
	dir      string
	edges    map[*graph.Edge]*link.Edge
	tests    map[*ssa.Function]*test // see testOf
	names    names
}

func (b *builder) report() *Report {
	if b.unit == nil { // its files keep their names
		b.dir, _ = filepath.Abs(b.config.Dir)
	}
	r := &Report{Schema: Schema, Tool: Tool{Name: "lockorder", Version: Version}, Findings: []Finding{}}
	g := b.graph()
	for _, k := range []struct {
		kinds []Kind
		find  func() []Finding
	}{
		{[]Kind{Cycle}, func() []Finding { return b.cycles(g) }},
		{[]Kind{Relock, RLock}, b.relocks},
		{[]Kind{Wait}, b.waits},
		{[]Kind{Peers}, b.peers},
		{[]Kind{Leak}, b.leaks},
		{[]Kind{Order}, func() []Finding { return b.orders(g) }},
	} {
		if b.wants(k.kinds) {
			r.Findings = append(r.Findings, k.find()...)
		}
	}
	r.Findings, r.Suppressed = b.split(oncePerType(r.Findings))
	r.Scope = b.scope()
	r.Problems = b.problems()
	if b.config.Graph {
		r.Graph = b.publicGraph(g)
	}
	r.Stats = Stats{
		Packages: b.packages, Functions: b.program.Functions(), Instructions: b.program.Instructions(),
		Locks: len(b.linked.Classes), Edges: len(g.Edges), Bounded: b.program.Bounded,
	}
	return r
}

// wants reports whether findings of the kinds are asked for. Who accepts
// findings must see all kinds, to know what he accepts in vain.
func (b *builder) wants(kinds []Kind) bool {
	if len(b.policy.Ignores)+len(b.file.ignores()) > 0 {
		return true
	}
	return slices.ContainsFunc(kinds, func(k Kind) bool { return slices.Contains(b.scope().Kinds, k) })
}

// cycles tells of the cycles, one for a root cause.
func (b *builder) cycles(g *graph.Graph) []Finding {
	var cycles []*graph.Cycle
	var ws []*link.Witness
	for _, c := range g.Cycles() {
		if b.concerns(c) {
			cycles = append(cycles, c)
			for _, w := range c.Witnesses {
				ws = append(ws, w.Data.(*link.Witness))
			}
		}
	}
	b.linked.Suppose(ws)
	for _, c := range cycles {
		g.Cut(c, b.survives)
	}
	var out []Finding
	for _, c := range g.Group(cycles, b.survives, func(call any) []string { return b.linked.TakenBelow(call.(link.CallKey)) }) {
		out = append(out, b.cycle(g, c))
	}
	return out
}

// graph makes the lock-order graph, sorted by name.
func (b *builder) graph() *graph.Graph {
	g := &graph.Graph{}
	b.edges = make(map[*graph.Edge]*link.Edge)
	g.MayMeet = func(e, f *graph.Edge) bool { return b.linked.MayMeet(b.edges[e], b.edges[f]) }
	var names []string
	seen := make(map[string]bool)
	add := func(name string) {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	var keys []link.EdgeKey
	for k := range b.linked.Edges {
		keys = append(keys, k)
		add(k.Held)
		add(k.Acquired)
	}
	for name := range b.linked.Classes {
		add(name)
	}
	sort.Strings(names)
	index := make(map[string]int)
	for i, name := range names {
		index[name] = i
		c := b.linked.Classes[name]
		g.Locks = append(g.Locks, graph.Lock{
			Name: name, Writer: c != nil && c.Modes[0],
			Under: sync.OnceValue(func() [][]graph.Gate { return b.under(name) }),
		})
	}
	slices.SortFunc(keys, link.EdgeKey.Compare)
	for _, k := range keys {
		e := b.linked.Edges[k]
		ge := &graph.Edge{From: index[k.Held], To: index[k.Acquired], Count: e.Count}
		for _, w := range e.Witnesses {
			ge.Witnesses = append(ge.Witnesses, b.witness(w))
		}
		b.edges[ge] = e
		g.Edges = append(g.Edges, ge)
	}
	return g
}

func (b *builder) witness(w *link.Witness) *graph.Witness {
	gw := &graph.Witness{Held: graph.Gate{Name: b.linked.ClassOf(w.Held.Path), Mode: w.Held.Mode}, Mode: w.Mode, Data: w}
	gw.Apart = func(v *graph.Witness) bool {
		return b.linked.Apart(w, v.Data.(*link.Witness)) || b.neverTogether(w, v.Data.(*link.Witness))
	}
	gw.Elsewhere = func(v *graph.Witness) bool { return b.linked.Elsewhere(w, v.Data.(*link.Witness)) }
	gw.Gates = gates(w.Gates)
	gw.MayKeep = sync.OnceValue(func() []graph.Gate { return gates(b.linked.MayKeep(w)) })
	gw.Keeps = func(g graph.Gate) bool { return b.linked.Keeps(w, link.Gate{Class: g.Name, Mode: g.Mode}) }
	var chain *graph.Chain
	gw.Chain = func() *graph.Chain {
		if chain == nil {
			chain = &graph.Chain{Held: operation(w.Held.Site.Instr)}
			for _, s := range b.linked.Chain(w) {
				if s.To != nil {
					chain.Calls = append(chain.Calls, link.CallKey{Instr: s.Instr, To: s.To})
				} else {
					chain.Taken = operation(s.Instr)
				}
			}
			chain.Weak = b.doubts(w)
			if b.inTest(w.Node.Fn) {
				chain.Weak += manyDoubts // what the program does itself says more
			}
		}
		return chain
	}
	return gw
}

// operation names a call that takes a lock, as one of a chain; nil if it is none.
func operation(in ssa.Instruction) any {
	if call, ok := in.(ssa.CallInstruction); ok && call.Common().StaticCallee() != nil {
		return link.CallKey{Instr: in, To: call.Common().StaticCallee()}
	}
	return nil
}

func gates(gs []link.Gate) []graph.Gate {
	var out []graph.Gate
	for _, g := range gs {
		out = append(out, graph.Gate{Name: g.Class, Mode: g.Mode})
	}
	return out
}

// under lists what is held where a class is taken exclusively.
func (b *builder) under(class string) [][]graph.Gate {
	var out [][]graph.Gate
	for _, gs := range b.linked.WrittenUnder(class) {
		out = append(out, gates(gs))
	}
	return out
}

func (b *builder) survives(w *graph.Witness, call any) bool {
	return b.linked.Survives(w.Data.(*link.Witness), call.(link.CallKey))
}

// concerns reports whether a cycle goes through a package that was asked for:
// the troubles of a dependency with itself are its own.
func (b *builder) concerns(c *graph.Cycle) bool {
	ours := false
	for _, w := range c.Witnesses {
		ours = ours || b.ours(w.Data.(*link.Witness))
	}
	if b.unit != nil {
		return b.news(c, ours)
	}
	return ours
}

func (b *builder) ours(w *link.Witness) bool {
	for _, s := range b.linked.Chain(w) {
		if b.initial[b.program.PackagePath(s.Fn)] {
			return true
		}
	}
	return false
}

// cycle tells of one cycle.
func (b *builder) cycle(g *graph.Graph, c *graph.Cycle) Finding {
	f := Finding{Kind: Cycle}
	c.LongestLast()
	var ws []*link.Witness
	for i, e := range c.Edges {
		w := c.Witnesses[i].Data.(*link.Witness)
		ws = append(ws, w)
		f.Locks = append(f.Locks, g.Locks[e.From].Name)
		edge := b.edge(w)
		edge.Others = b.others(g, c, i, &edge)
		f.Edges = append(f.Edges, edge)
	}
	f.Pos = f.Edges[0].Start()
	f.Message = story(f.Edges) + ": taken in opposite orders"
	as := b.assumes(ws...)
	if a, ok := b.workerOnly(ws); ok {
		as = append(as, a)
	}
	if c.ReadersOnly {
		as = append(as, assumption{Medium, "both goroutines read-lock one of the locks; a writer that waits between them is needed"})
	}
	if n := len(c.Edges); n > 2 {
		a := assumption{Medium, fmt.Sprintf("%d goroutines must meet", n)}
		if n > 3 {
			a.most = Low
		}
		as = append(as, a)
	}
	f.settle(b.sure(f.Locks), as)
	for i, cut := range c.Cuts {
		if i > 0 && cut.Breaks < c.Cuts[0].Breaks {
			break
		}
		k := cut.Call.(link.CallKey)
		f.Cut = append(f.Cut, Cut{
			Caller: funcName(k.Instr.Parent()), Callee: funcName(k.To),
			Pos: b.pos(k.Instr, k.Instr.Parent()), Breaks: cut.Breaks, Of: cut.Of,
		})
	}
	for _, also := range c.Also {
		var pair []string
		for _, e := range also.Edges {
			pair = append(pair, g.Locks[e.From].Name)
		}
		f.Also = append(f.Also, pair)
	}
	f.ID = id(&f)
	return f
}

// story tells a cycle in a line: its locks, and the end of the chain that
// leads to each.
func story(edges []Edge) string {
	var b strings.Builder
	b.WriteString(edges[0].Held)
	for _, e := range edges {
		b.WriteString(" → ")
		if n := len(e.Path); n > 1 {
			if n > storyCalls {
				b.WriteString("… ")
			}
			for _, fr := range e.Path[max(0, n-storyCalls):] {
				b.WriteString(shortFunc(fr.Func) + " → ")
			}
		}
		b.WriteString(e.Acquired)
	}
	return b.String()
}

// storyCalls is how many functions of a chain a finding's line names.
const storyCalls = 3

// shortFunc is a function's name without its import path and its type
// arguments, which may have import paths too.
func shortFunc(name string) string {
	for {
		open := strings.LastIndexByte(name, '[')
		n := strings.IndexByte(name[open+1:], ']')
		if open < 0 || n < 0 {
			break
		}
		name = name[:open] + name[open+1+n+1:]
	}
	name = name[strings.LastIndexByte(name, '/')+1:]
	if i := strings.IndexByte(name, '.'); i >= 0 {
		name = name[i+1:]
	}
	return name
}

// edge writes out a witness.
func (b *builder) edge(w *link.Witness) Edge { return b.edgeBy(w, b.linked.Chain(w)) }

func (b *builder) edgeBy(w *link.Witness, steps []link.Step) Edge {
	e := Edge{
		Held: b.linked.HeldName(w), HeldMode: w.Held.Mode.String(),
		Acquired: b.linked.Name(w), AcquiredMode: w.Mode.String(),
		Function: b.funcName(w.Node.Fn), HeldPath: []Frame{}, Gates: []string{},
	}
	at := w.Held.Site
	e.HeldAt = b.pos(at.Innermost().Instr, at.Innermost().Fn)
	if at.Inner != nil {
		for s := at; s != nil; s = s.Inner {
			e.HeldPath = append(e.HeldPath, b.frame(s.Fn, s.Instr, s.Via))
		}
	}
	e.Path = make([]Frame, 0, len(steps))
	for i, s := range steps {
		if flow.Wrapper(s.Fn, s.Instr) && i < len(steps)-1 {
			continue
		}
		e.Path = append(e.Path, b.frame(s.Fn, s.Instr, s.Via))
	}
	if n := len(e.Path); n > 0 {
		e.AcquiredAt = e.Path[n-1].Pos
	}
	for _, g := range w.Gates {
		e.Gates = append(e.Gates, g.Class)
	}
	return e
}

// filter keeps the kinds and confidences asked for, in order.
func (b *builder) filter(fs []Finding) []Finding {
	out := []Finding{}
	for _, f := range fs {
		if !b.reported(&f) {
			continue
		}
		out = append(out, f)
	}
	sort.SliceStable(out, func(i, j int) bool {
		f, g := &out[i], &out[j]
		if f.Confidence != g.Confidence {
			return f.Confidence.Rank() < g.Confidence.Rank()
		}
		if f.Kind != g.Kind {
			return kindRank(f.Kind) < kindRank(g.Kind)
		}
		return false
	})
	return out
}

func kindRank(k Kind) int {
	for i, x := range Kinds {
		if x == k {
			return i
		}
	}
	return len(Kinds)
}

// oncePerType keeps one of the findings that differ in type arguments only:
// their cause is the same code.
func oncePerType(fs []Finding) []Finding {
	first := make(map[string]string) // by ID: the locks and functions
	out := fs[:0]
	for _, f := range fs {
		words := slices.Clone(f.Locks)
		for _, e := range f.Edges {
			words = append(words, e.Function, e.Path[len(e.Path)-1].Func)
		}
		names := strings.Join(words, " ")
		if of, ok := first[f.ID]; ok && of != names && lock.Generic(of) == lock.Generic(names) {
			continue
		}
		if _, ok := first[f.ID]; !ok {
			first[f.ID] = names
		}
		out = append(out, f)
	}
	return out
}

// id names a finding by what an unrelated edit does not change: type arguments
// are not in it.
func id(f *Finding) string {
	var parts []string
	for _, e := range f.Edges {
		last := e.Path[len(e.Path)-1].Func
		parts = append(parts, lock.Generic(e.Held+" "+e.Acquired+" "+e.Function+" "+last))
	}
	sort.Strings(parts)
	h := sha256.Sum256([]byte(string(f.Kind) + "\n" + strings.Join(parts, "\n")))
	return "LO-" + hex.EncodeToString(h[:4])
}
