package link

import (
	"cmp"
	"context"
	"fmt"
	"go/types"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

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
	fresh    map[leakKey]bool
	spins    map[*ssa.Function]*flow.Spins
	touches  map[*ssa.Function]bool
	fates    map[*ssa.Function]*fate
	mentions *mentions // until touches is known
	changes  *changes  // until mods is known
	mods     func() *mods
	getters  map[*ssa.Function]located
	makers   map[leakKey][]ssa.Value // see makes
	traced   map[objectOf]origins
	structs  map[*types.Var]*types.TypeName // by field
	content  *content                       // nil until wanted
	hooks    map[*types.Var]origins         // see carriers
	roles    *roles                         // see findRoles
	holders  map[holding]holder             // see holderAt
	closeds  map[fieldOf]*closed            // see closed
	unset    bool
	silent   map[string]bool
	forever  map[types.Object]bool
	zero     map[types.Object]bool
	cutCalls map[string]map[string]bool // of a caller, by the names that models know
	noEdges  map[EdgeKey]bool
	below    func(pkg string) bool
	named    map[*ssa.Function]*named
	inMain   func() map[*types.Package]bool
	formats  map[types.Type][]*ssa.Function
	methods  map[*types.Func]*model.Model
	keepers  map[*types.TypeName]bool // see isKeeper
	unit     *ssa.Package
	own      map[string]*ssa.Function // functions that open calls reach, by name
	slots    *slots
	far      *far // of a unit: what the imports' facts say; nil for a whole program

	unbound map[*flow.Node][]ssa.CallInstruction // calls that go nowhere, for contexts speak: see open

	// The demand-driven walk.
	depth     map[*flow.Node]int // of nodes on the stack
	low       []int
	used      map[*flow.Node]bool
	tentative []tentative
	current   *ssa.Function // that is being walked, for the message of a panic

	Bounded map[string]int

	// Same tells of a unit which packages are of its module.
	Same func(pkg string) bool

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

// New begins the analysis of a built program with the looks at all of its
// instructions, for which nobody has to know where its dynamic calls go:
// Connect tells that. fns are all its functions, sorted as by Sorted.
//
// initial tells the packages that were asked for; an assumption about what
// lies below a program does not hold for them.
func New(prog *ssa.Program, fns []*ssa.Function, models *model.Set, initial map[string]bool) *Program {
	p := newProgram(prog, models, initial)
	p.look(fns)
	p.contained() // which the walk will ask for
	return p
}

// Connect takes in the call graph, which resolves the dynamic calls that
// contexts do not; it may be nil.
func (p *Program) Connect(graph *callgraph.Graph) {
	p.connect(graph)
	go p.mods() // beside the walk, which will ask for it
}

// NewUnit prepares the analysis of one package, of whose imports only facts
// are known. fns are its functions, sorted as by Sorted.
// same tells the packages of its module. The error tells of facts that cannot
// be read.
func NewUnit(pkg *ssa.Package, fns []*ssa.Function, graph *callgraph.Graph, models *model.Set, imports []Import, same func(pkg string) bool) (*Program, error) {
	p := newProgram(pkg.Prog, models, map[string]bool{pkg.Pkg.Path(): true})
	p.far = newFar(pkg.Pkg)
	p.names.Unit = pkg.Pkg
	p.unit = pkg
	p.own = make(map[string]*ssa.Function)
	if err := p.take(imports); err != nil {
		return nil, err
	}
	p.look(fns)
	p.connect(graph)
	p.Same, p.Assumed = same, make(map[ssa.CallInstruction]bool)
	p.slots = p.newSlots()
	return p, nil
}

func newProgram(prog *ssa.Program, models *model.Set, initial map[string]bool) *Program {
	p := &Program{
		SSA: prog, models: models, names: lock.NewNames(flow.LocalName),
		nodes:    make(map[nodeKey]*flow.Node),
		contexts: make(map[*ssa.Function]int),
		relevant: make(map[*ssa.Function]map[int]relevance),
		leaks:    make(map[leakKey]bool),
		fresh:    make(map[leakKey]bool),
		spins:    make(map[*ssa.Function]*flow.Spins),
		fates:    make(map[*ssa.Function]*fate),
		getters:  make(map[*ssa.Function]located),
		makers:   make(map[leakKey][]ssa.Value),
		traced:   make(map[objectOf]origins),
		structs:  make(map[*types.Var]*types.TypeName),
		holders:  make(map[holding]holder),
		closeds:  make(map[fieldOf]*closed),
		hooks:    make(map[*types.Var]origins),
		depth:    make(map[*flow.Node]int),
		unbound:  make(map[*flow.Node][]ssa.CallInstruction),
		used:     make(map[*flow.Node]bool),
		silent:   make(map[string]bool),
		named:    make(map[*ssa.Function]*named),
		formats:  make(map[types.Type][]*ssa.Function),
		methods:  make(map[*types.Func]*model.Model),
		keepers:  make(map[*types.TypeName]bool),
		forever:  make(map[types.Object]bool),
		zero:     make(map[types.Object]bool),
		cutCalls: make(map[string]map[string]bool),
		noEdges:  make(map[EdgeKey]bool),
		Bounded:  make(map[string]int),
	}
	p.inMain = sync.OnceValue(p.findInMain)
	p.assume(models.Assumptions())
	p.below = belowAssumed(models, initial)
	return p
}

// look looks at all functions once.
func (p *Program) look(fns []*ssa.Function) {
	fns = p.analysed(fns)
	p.scanLockers(fns)
	p.scan = p.scanProgram(fns)
	p.mentions = p.findMentions(fns)
	p.changes = p.findChanges(fns)
}

// connect draws what follows from where the dynamic calls go.
func (p *Program) connect(graph *callgraph.Graph) {
	fns := p.scan.fns
	p.calls = newCallGraph(graph, fns)
	p.scan.rules.close()
	p.paths.Leads = p.leads
	p.aliases()
	p.touches = p.touching(fns)
	p.mods = sync.OnceValue(p.findMods)
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
				from, to = model.Qualify(a.Package, from), model.Qualify(a.Package, to)
				if p.cutCalls[from] == nil {
					p.cutCalls[from] = make(map[string]bool)
				}
				p.cutCalls[from][to] = true
			}
		}
		for _, e := range a.Edges {
			if held, acquired, ok := strings.Cut(e, " -> "); ok {
				p.noEdges[EdgeKey{model.Qualify(a.Package, held), model.Qualify(a.Package, acquired)}] = true
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

// Sorted returns the functions that have a body in a fixed order: by name, and
// those of one name by where they are first used, for go/ssa makes the wrapper
// of a method value anew for each use.
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
	byName := func(f, g *ssa.Function) int {
		return cmp.Or(cmp.Compare(keys[f], keys[g]), cmp.Compare(f.Pos(), g.Pos()), cmp.Compare(f.Synthetic, g.Synthetic))
	}
	slices.SortFunc(fns, byName)
	twins := make(map[*ssa.Function]int) // and the number of their first use
	for i := 1; i < len(fns); i++ {
		if byName(fns[i-1], fns[i]) == 0 {
			twins[fns[i-1]], twins[fns[i]] = 0, 0
		}
	}
	numberUses(fns, twins)
	slices.SortFunc(fns, func(f, g *ssa.Function) int {
		return cmp.Or(byName(f, g), cmp.Compare(twins[f], twins[g]))
	})
	return fns
}

// numberUses numbers twins in the order in which closures of them are made, by
// functions that are none.
func numberUses(fns []*ssa.Function, twins map[*ssa.Function]int) {
	n := 0
	for _, f := range fns {
		if _, twin := twins[f]; twin {
			continue
		}
		for _, b := range f.Blocks {
			for _, in := range b.Instrs {
				mk, ok := in.(*ssa.MakeClosure)
				if !ok {
					continue
				}
				fn := mk.Fn.(*ssa.Function)
				if at, twin := twins[fn]; twin && at == 0 {
					n++
					twins[fn] = n
				}
			}
		}
	}
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
		if pkg := PackageOf(f); pkg == nil || !p.below(pkg.Path()) {
			out = append(out, f)
		}
	}
	return out
}

// PackageOf returns the package that declares f, or whose method f wraps.
func PackageOf(f *ssa.Function) *types.Package {
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
	for _, f := range p.scan.fns {
		if p.far != nil && !p.touches[f] && p.returnsInterface(f) {
			p.Effect(p.node(f, nil))
		}
	}
	for i := 0; i < len(p.order); i++ { // which grows meanwhile
		p.Effect(p.order[i])
	}
	return nil, nil
}

// returnsInterface reports whether importers may call f for an interface, whose
// type they may want to know.
func (p *Program) returnsInterface(f *ssa.Function) bool {
	if f.Parent() != nil || f.Pkg != p.unit || !exported(f) && f.Signature.Recv() == nil {
		return false
	}
	for v := range f.Signature.Results().Variables() {
		if n, ok := types.Unalias(v.Type()).(*types.Named); ok && types.IsInterface(n) && madeSlot(n) != "" && p.Same(n.Obj().Pkg().Path()) {
			return true
		}
	}
	return false
}

// maxPanics bounds the functions that may fail before the rest is given up.
const maxPanics = 20

// Below reports whether a package lies below all programs, so that nothing of
// it is told.
func Below(models *model.Set, pkg string) bool {
	return belowAssumed(models, nil)(pkg)
}
