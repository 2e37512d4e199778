package link

import (
	"context"
	"fmt"
	"go/types"
	"runtime/debug"
	"sort"
	"strings"

	"golang.org/x/tools/go/callgraph"
	"golang.org/x/tools/go/ssa"

	"github.com/lockorder/lockorder/lockorder/internal/flow"
	"github.com/lockorder/lockorder/lockorder/internal/lock"
	"github.com/lockorder/lockorder/lockorder/internal/model"
)

// A Program is the state of one analysis.
type Program struct {
	SSA    *ssa.Program
	models *model.Set
	paths  lock.Paths
	names  *lock.Names
	calls  *callGraph
	scan   *scan

	nodes    map[nodeKey]*flow.Node
	contexts map[*ssa.Function]int
	order    []*flow.Node // by ID
	relevant map[*ssa.Function]map[int]relevance
	leaks    map[leakKey]bool
	spins    map[*ssa.Function]*flow.Spins
	touches  map[*ssa.Function]bool
	fates    map[*ssa.Function]*fate
	mods     *mods
	getters  map[*ssa.Function]located
	unset    bool
	silent   map[string]bool
	forever  map[types.Object]bool
	zero     map[types.Object]bool
	cutCalls map[[2]string]bool
	below    func(pkg string) bool
	modelled map[*ssa.Function]*model.Model
	silenced map[*ssa.Function]bool
	inMain   map[*types.Package]bool
	formats  map[types.Type][]*ssa.Function
	methods  map[*types.Func]*model.Model
	unit     *ssa.Package
	own      map[string]*ssa.Function // functions that open calls reach, by name
	slots    *slots
	far      *far // of a unit: what the imports' facts say; nil for a whole program

	// The demand-driven walk.
	depth     map[*flow.Node]int // of nodes on the stack
	low       []int
	used      map[*flow.Node]bool
	tentative []tentative
	current   *ssa.Function // that is being walked, for the message of a panic

	Bounded map[string]int

	// Assumed are the calls of which the call graph knows only what the class
	// hierarchy offers.
	Assumed map[ssa.CallInstruction]bool
}

type nodeKey struct {
	fn  *ssa.Function
	key string
}

type tentative struct {
	node *flow.Node
	low  int
}

// maxContexts bounds the contexts of one function; calls beyond it use the
// general one.
const maxContexts = 48

// New prepares the analysis of a built program. fns are all its functions,
// sorted as by Sorted. The call graph resolves dynamic calls that contexts do
// not; it may be nil.
//
// initial tells the packages that were asked for; an assumption about what
// lies below a program does not hold for them.
func New(prog *ssa.Program, fns []*ssa.Function, graph *callgraph.Graph, models *model.Set, initial map[string]bool) *Program {
	p := newProgram(prog, models, initial)
	p.begin(fns, graph)
	return p
}

// NewUnit prepares the analysis of one package, of whose imports only facts
// are known. fns are its functions, sorted as by Sorted.
func NewUnit(pkg *ssa.Package, fns []*ssa.Function, graph *callgraph.Graph, models *model.Set, imports []Import) *Program {
	p := newProgram(pkg.Prog, models, map[string]bool{pkg.Pkg.Path(): true})
	p.far = newFar(pkg.Pkg)
	p.unit = pkg
	p.own = make(map[string]*ssa.Function)
	p.take(imports)
	p.begin(fns, graph)
	return p
}

func newProgram(prog *ssa.Program, models *model.Set, initial map[string]bool) *Program {
	p := &Program{
		SSA: prog, models: models, names: lock.NewNames(flow.LocalName),
		nodes:    make(map[nodeKey]*flow.Node),
		contexts: make(map[*ssa.Function]int),
		relevant: make(map[*ssa.Function]map[int]relevance),
		leaks:    make(map[leakKey]bool),
		spins:    make(map[*ssa.Function]*flow.Spins),
		fates:    make(map[*ssa.Function]*fate),
		getters:  make(map[*ssa.Function]located),
		depth:    make(map[*flow.Node]int),
		used:     make(map[*flow.Node]bool),
		silent:   make(map[string]bool),
		modelled: make(map[*ssa.Function]*model.Model),
		silenced: make(map[*ssa.Function]bool),
		formats:  make(map[types.Type][]*ssa.Function),
		methods:  make(map[*types.Func]*model.Model),
		forever:  make(map[types.Object]bool),
		zero:     make(map[types.Object]bool),
		cutCalls: make(map[[2]string]bool),
		Bounded:  make(map[string]int),
	}
	p.assume(models.Assumptions())
	p.below = belowAssumed(models, initial)
	return p
}

// begin looks at all functions once.
func (p *Program) begin(fns []*ssa.Function, graph *callgraph.Graph) {
	fns = p.analysed(fns)
	p.calls = newCallGraph(graph)
	p.scanLockers(fns)
	ms := make(chan mentions)
	go func() { ms <- p.mentions(fns) }()
	p.scan = p.scanProgram(fns)
	p.paths.Leads = p.leads
	p.aliases()
	p.touches = p.touching(fns, <-ms)
}

// assume takes in the assumptions in force.
func (p *Program) assume(in []model.Assumption) {
	for _, a := range in {
		p.unset = p.unset || a.Unset
		for _, fn := range a.Silent {
			p.silent[model.Qualify(a.Package, fn)] = true
		}
		for _, c := range a.Calls {
			if from, to, ok := strings.Cut(c, " -> "); ok {
				p.cutCalls[[2]string{model.Qualify(a.Package, from), model.Qualify(a.Package, to)}] = true
			}
		}
		if pkg := p.SSA.ImportedPackage(a.Package); pkg != nil {
			for _, v := range a.Forever {
				p.forever[pkg.Pkg.Scope().Lookup(v)] = true
			}
			for _, v := range a.Zero {
				p.zero[pkg.Pkg.Scope().Lookup(v)] = true
			}
		}
	}
}

// Sorted returns the functions that have a body in a fixed order.
func Sorted(set map[*ssa.Function]bool) []*ssa.Function {
	fns := make([]*ssa.Function, 0, len(set))
	keys := make(map[*ssa.Function]string, len(set))
	for f := range set {
		if f.Blocks == nil {
			continue
		}
		fns = append(fns, f)
		keys[f] = f.String()
	}
	sort.Slice(fns, func(i, j int) bool {
		f, g := fns[i], fns[j]
		if keys[f] != keys[g] {
			return keys[f] < keys[g]
		}
		if f.Pos() != g.Pos() {
			return f.Pos() < g.Pos()
		}
		return f.Synthetic < g.Synthetic
	})
	return fns
}

// belowAssumed tells the packages that are taken to lie below the program.
func belowAssumed(models *model.Set, initial map[string]bool) func(string) bool {
	var below []string
	for _, a := range models.Assumptions() {
		below = append(below, a.Below...)
	}
	match := func(pkg string) bool {
		for _, b := range below {
			if tree, ok := strings.CutSuffix(b, "/..."); ok && strings.HasPrefix(pkg, tree+"/") || pkg == b {
				return true
			}
		}
		return false
	}
	for pkg := range initial {
		if match(pkg) { // the audit of what lies below
			return func(string) bool { return false }
		}
	}
	return match
}

// analysed leaves out the functions that lie below the program.
func (p *Program) analysed(fns []*ssa.Function) []*ssa.Function {
	var out []*ssa.Function
	for _, f := range fns {
		if pkg := packageOf(f); pkg == nil || !p.below(pkg.Path()) {
			out = append(out, f)
		}
	}
	return out
}

// packageOf returns the package that declares f, or whose method f wraps.
func packageOf(f *ssa.Function) *types.Package {
	for f.Parent() != nil {
		f = f.Parent()
	}
	if f.Pkg != nil {
		return f.Pkg.Pkg
	}
	if o := f.Origin(); o != nil && o.Pkg != nil {
		return o.Pkg.Pkg
	}
	if obj := f.Object(); obj != nil {
		return obj.Pkg()
	}
	return nil
}

// Walk runs the first pass. A panic in the analysis of one function becomes a
// Broken that names it, and the function is taken to do nothing; the error is
// the context's.
func (p *Program) Walk(ctx context.Context) ([]*Broken, error) {
	var broken []*Broken
	for {
		b, err := p.walk(ctx)
		if b == nil || err != nil {
			return broken, err
		}
		broken = append(broken, b)
		if len(broken) > maxPanics {
			return broken, nil
		}
		for n := range p.depth {
			if n.Fn == b.Fn {
				n.Record, n.Effect = &flow.Record{}, flow.NoEffect
			}
		}
		clear(p.depth)
		clear(p.used)
		p.low, p.tentative, p.current = nil, nil, nil
	}
}

// A Broken tells of a function in which the analysis panicked.
type Broken struct {
	Fn    *ssa.Function
	Panic any
	Stack []byte
}

func (b *Broken) Error() string {
	return fmt.Sprintf("internal error in the analysis of %s: %v", b.Fn, b.Panic)
}

// walk walks what has not been walked, up to a panic.
func (p *Program) walk(ctx context.Context) (broken *Broken, err error) {
	defer func() {
		if r := recover(); r != nil {
			if p.current == nil {
				panic(r) // of no function's making
			}
			broken = &Broken{p.current, r, debug.Stack()}
		}
	}()
	for _, f := range p.scan.fns {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if p.touches[f] && p.isRoot(f) {
			p.Effect(p.node(f, nil))
		}
	}
	// What no root reaches, such as functions that only call each other.
	for _, f := range p.scan.fns {
		if p.touches[f] && p.contexts[f] == 0 {
			p.Effect(p.node(f, nil))
		}
	}
	for i := 0; i < len(p.order); i++ { // which grows meanwhile
		p.Effect(p.order[i])
	}
	return nil, nil
}

// maxPanics bounds the functions that may fail before the rest is given up.
const maxPanics = 20

// Below reports whether a package lies below all programs, so that nothing of
// it is told.
func (p *Program) Below(pkg string) bool {
	return belowAssumed(p.models, nil)(pkg)
}

// isRoot reports whether somebody outside of the view may call f.
func (p *Program) isRoot(f *ssa.Function) bool {
	if ff := p.farOf(f); ff != nil {
		n := ff.nodes[""]
		return n != nil && p.far.nodes[n].root
	}
	if f.Parent() != nil || f.Synthetic != "" {
		return false
	}
	return exported(f) || len(p.calls.callers(f)) == 0
}

func exported(f *ssa.Function) bool {
	obj := f.Object()
	if obj == nil || !obj.Exported() {
		return false
	}
	if recv := f.Signature.Recv(); recv != nil {
		t := recv.Type()
		if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
			t = ptr.Elem()
		}
		if n, ok := types.Unalias(t).(*types.Named); ok {
			return n.Obj().Exported()
		}
	}
	return true
}

// node returns the node of f with the values of its relevant slots.
func (p *Program) node(f *ssa.Function, vals []flow.Value) *flow.Node {
	ctx, key := p.context(f, vals)
	k := nodeKey{f, key}
	if n, ok := p.nodes[k]; ok {
		return n
	}
	if key != "" && p.contexts[f] >= maxContexts {
		p.Bounded["contexts"]++
		return p.node(f, nil)
	}
	p.contexts[f]++
	n := &flow.Node{Fn: f, Ctx: ctx, Key: key, ID: len(p.order)}
	p.nodes[k] = n
	p.order = append(p.order, n)
	return n
}

func (p *Program) context(f *ssa.Function, vals []flow.Value) (flow.Context, string) {
	return contextOf(p.relevantSlots(f), vals)
}

// contextOf keeps of vals the slots that matter, and names the context.
func contextOf(rel map[int]relevance, vals []flow.Value) (flow.Context, string) {
	if len(rel) == 0 || len(vals) == 0 {
		return nil, ""
	}
	var ctx flow.Context
	key := ""
	for i, v := range vals {
		why, ok := rel[i]
		if !ok {
			continue
		}
		shape := ""
		if why.decides {
			shape = v.Shape()
		}
		v.New = v.New && why.locked
		if shape == "" && !v.New {
			continue
		}
		if ctx == nil {
			ctx = make(flow.Context)
		}
		if shape == "" {
			ctx[i] = flow.Value{New: true}
		} else {
			ctx[i] = v.Strip()
		}
		key += fmt.Sprintf("%d=%s", i, shape)
		if v.New {
			key += " new"
		}
		key += ";"
	}
	return ctx, key
}

// Effect computes what a call of n does, on demand.
func (p *Program) Effect(n *flow.Node) *flow.Effect {
	if d, on := p.depth[n]; on {
		p.used[n] = true
		for i := d; i < len(p.low); i++ {
			p.low[i] = min(p.low[i], d)
		}
		return n.Effect
	}
	if n.Record != nil {
		return n.Effect
	}
	if !p.touches[n.Fn] {
		n.Record, n.Effect = &flow.Record{}, flow.NoEffect // for recursion
		n.Record, n.Effect = flow.Light(p, n, p.fateOf(n.Fn).returns)
		return n.Effect
	}
	d := len(p.low)
	p.depth[n] = d
	n.Effect = flow.NoEffect
	caller := p.current // not deferred: a panic must find its own function
	for round := 0; ; round++ {
		p.low = append(p.low, d)
		p.used[n] = false
		p.current = n.Fn
		rec, eff := flow.Analyze(p, n)
		low := p.low[d]
		p.low = p.low[:d]
		same := eff.Same(n.Effect)
		n.Effect = eff
		if !p.used[n] || same || round == 3 {
			n.Record = rec
			if low < d {
				p.tentative = append(p.tentative, tentative{n, low})
			} else {
				p.settle(d, false)
			}
			break
		}
		p.settle(d, true)
	}
	delete(p.depth, n)
	p.current = caller
	return n.Effect
}

// settle ends the doubt about the nodes that relied on the one at depth d:
// their records stand, or are to be made again.
func (p *Program) settle(d int, again bool) {
	keep := p.tentative[:0]
	for _, t := range p.tentative {
		switch {
		case t.low < d:
			keep = append(keep, t)
		case again:
			t.node.Record = nil
		}
	}
	p.tentative = keep
}

// Paths, Names and the rest make Program a flow.Host.
func (p *Program) Paths() *lock.Paths { return &p.paths }

// Names returns the class names.
func (p *Program) Names() *lock.Names { return p.names }

// ModelOf returns the model of the function or interface method that a call
// names, or nil.
func (p *Program) ModelOf(c *ssa.CallCommon) *model.Model {
	if c.IsInvoke() {
		m, ok := p.methods[c.Method]
		if !ok {
			m = p.models.Lookup(c.Method.FullName())
			p.methods[c.Method] = m
		}
		return m
	}
	if f := c.StaticCallee(); f != nil {
		return p.Model(f)
	}
	return nil
}

// Model returns the model of a function, or nil.
func (p *Program) Model(f *ssa.Function) *model.Model {
	m, ok := p.modelled[f]
	if !ok {
		m = p.models.Lookup(flow.ModelName(f))
		p.modelled[f] = m
	}
	return m
}

// isSilent reports whether an assumption says that f takes no locks.
func (p *Program) isSilent(f *ssa.Function) bool {
	is, ok := p.silenced[f]
	if !ok {
		is = p.silent[flow.ModelName(f)]
		p.silenced[f] = is
	}
	return is
}

// Spin returns the spin locks of a function.
func (p *Program) Spin(fn *ssa.Function) *flow.Spins { return p.spins[fn] }

// Opens reports whether there may be importers who can resolve what is not
// resolved here.
func (p *Program) Opens() bool { return p.far != nil }

// Functions returns the number of functions with a body.
func (p *Program) Functions() int { return len(p.scan.fns) }

// Instructions returns the number of SSA instructions.
func (p *Program) Instructions() int { return p.scan.instrs }

// PackagePath returns the import path of the package that declares f.
func (p *Program) PackagePath(f *ssa.Function) string {
	if pkg := packageOf(f); pkg != nil {
		return pkg.Path()
	}
	return ""
}

// first reports whether f is where the first goroutine starts: main, or a
// package initialiser.
func (p *Program) first(f *ssa.Function) bool {
	if f.Parent() != nil || f.Signature.Recv() != nil || f.Pkg == nil {
		return false
	}
	name := f.Name()
	return name == "init" || strings.HasPrefix(name, "init#") || name == "main" && f.Pkg.Pkg.Name() == "main"
}

// within reports whether f belongs to a program in view: its package is a
// main package or one that a main package imports, so that its exported
// functions have the callers that are seen and no others.
func (p *Program) within(f *ssa.Function) bool {
	if p.far != nil {
		return p.unit.Pkg.Name() == "main" && p.unit.Func("main") != nil
	}
	if p.inMain == nil {
		p.inMain = make(map[*types.Package]bool)
		for _, pkg := range p.SSA.AllPackages() {
			if pkg.Pkg.Name() == "main" && pkg.Func("main") != nil {
				p.imports(pkg.Pkg)
			}
		}
	}
	return p.inMain[packageOf(f)]
}

func (p *Program) imports(pkg *types.Package) {
	if p.inMain[pkg] {
		return
	}
	p.inMain[pkg] = true
	for _, q := range pkg.Imports() {
		p.imports(q)
	}
}

// called reports whether somebody in view calls n's function.
func (p *Program) called(n *flow.Node) bool { return len(p.calls.callers(n.Fn)) > 0 }
